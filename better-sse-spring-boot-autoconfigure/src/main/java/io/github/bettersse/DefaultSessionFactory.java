package io.github.bettersse;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link SessionFactory}.
 */
final class DefaultSessionFactory implements SessionFactory {

	private final SessionOptions<?> defaults;

	private final SseLimits limits;

	private final Duration shutdownRetryJitter;

	private final UserSessions users;

	private final EngineParts parts;

	/** Made once for all sessions of the same options, as long as there are such. */
	private final Map<SessionOptions<?>, SessionSettings> settings = Collections.synchronizedMap(new WeakHashMap<>());

	DefaultSessionFactory(SessionOptions<?> defaults, SseLimits limits, Duration shutdownRetryJitter,
			UserSessions users, EngineParts parts) {
		this.defaults = defaults;
		this.limits = limits;
		this.shutdownRetryJitter = shutdownRetryJitter;
		this.users = users;
		this.parts = parts;
	}

	@Override
	public <S> SessionOpening<S> prepare(Connection connection, SessionOptions<S> options) {
		String userName = this.users.nameOf(connection.getHandshake());
		SessionSettings settings = settings(options);
		SessionSlot slot = this.parts.slots().take(userName, connection.getHandshake().getRemoteAddress());
		try {
			return prepare(connection, settings, options.values().state, userName, slot);
		}
		catch (RuntimeException | Error ex) {
			slot.free();
			throw ex;
		}
	}

	private <S> SessionOpening<S> prepare(Connection connection, SessionSettings settings, @Nullable S state,
			@Nullable String userName, SessionSlot slot) {
		DefaultSession<S> session = new DefaultSession<>(connection, settings, state, userName, slot, this.parts);
		session.outlet().enter(this.parts.context().capture(session));
		boolean accepted = slot.exceeded() == null && this.parts.sessions().add(session);
		if (accepted) {
			register(session, userName);
		}
		else {
			session.outlet().refuse(refusal(slot.exceeded(), settings));
		}
		return new DefaultSessionOpening<>(session, !accepted);
	}

	private Refusal refusal(@Nullable Limit exceeded, SessionSettings settings) {
		return (exceeded != null && this.limits.onExceeded() == LimitAnswer.REJECT)
				? Refusal.reject(exceeded, settings, this.shutdownRetryJitter)
				: Refusal.retryLater(settings, this.shutdownRetryJitter);
	}

	private SessionSettings settings(SessionOptions<?> options) {
		return this.settings.computeIfAbsent(options,
				(given) -> SessionSettings.of(given.withDefaults(this.defaults), this.limits.maxEventSize()));
	}

	@Override
	public ResponseHead getHead(SessionOptions<?> options) {
		return settings(options).head();
	}

	private void register(DefaultSession<?> session, @Nullable String userName) {
		try {
			this.users.register(session, userName);
		}
		catch (RuntimeException ex) {
			// A session that the engine has ended meanwhile goes on to say so.
			if (session.isConnected()) {
				session.outlet().discard();
				throw ex;
			}
		}
	}

}
