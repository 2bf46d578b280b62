package io.github.bettersse.context;

import io.github.bettersse.Session;

import org.springframework.context.ApplicationEvent;

/**
 * Something that has happened to a session. The source is the session.
 */
public abstract class SessionEvent extends ApplicationEvent {

	private final transient Session<?> session;

	SessionEvent(Session<?> session) {
		super(session);
		this.session = session;
	}

	/**
	 * Return the session.
	 * @return the session
	 */
	public Session<?> getSession() {
		return this.session;
	}

}
