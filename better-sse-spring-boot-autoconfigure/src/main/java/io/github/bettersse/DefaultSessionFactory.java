package io.github.bettersse;

import java.time.Duration;

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
		SessionSettings settings = SessionSettings.of(options.withDefaults(this.defaults));
		DefaultSession<S> session = new DefaultSession<>(connection, settings, options.values().state, this.parts);
		boolean accepted = this.parts.sessions().add(session);
		if (accepted) {
			this.users.register(session, userName);
		}
		else {
			session.outlet().refuse(settings.retry(this.shutdownRetryJitter));
		}
		return new DefaultSessionOpening<>(session, !accepted);
	}

}
