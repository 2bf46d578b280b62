package io.github.bettersse;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link SessionFactory}.
 */
final class DefaultSessionFactory implements SessionFactory {

	private final SessionOptions<?> defaults;

	private final Duration shutdownRetryJitter;

	private final UserSessions users;

	private final EngineParts parts;

	DefaultSessionFactory(SessionOptions<?> defaults, Duration shutdownRetryJitter, UserSessions users,
			EngineParts parts) {
		this.defaults = defaults;
		this.shutdownRetryJitter = shutdownRetryJitter;
		this.users = users;
		this.parts = parts;
	}

	@Override
	public <S> SessionOpening<S> prepare(Connection connection, SessionOptions<S> options) {
		String userName = this.users.nameOf(connection.getHandshake());
		SessionSettings settings = options.settings(this.defaults);
		DefaultSession<S> session = new DefaultSession<>(connection, settings, options.values().state, userName,
				this.parts);
		boolean accepted = this.parts.sessions().add(session);
		if (accepted) {
			register(session, userName);
		}
		else {
			session.outlet().refuse(settings.retry(this.shutdownRetryJitter));
		}
		return new DefaultSessionOpening<>(session, !accepted);
	}

	@Override
	public ResponseHead getHead(SessionOptions<?> options) {
		return options.settings(this.defaults).head();
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
