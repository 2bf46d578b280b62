package io.github.bettersse.context;

import io.github.bettersse.Channel;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.SessionLifecycleListener;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to sessions as Spring application events.
 */
public final class SessionEventPublisher implements SessionLifecycleListener {

	private final ApplicationEventPublisher publisher;

	/**
	 * Create the publisher.
	 * @param publisher where to publish
	 */
	public SessionEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onConnected(Session<?> session) {
		this.publisher.publishEvent(new SessionConnectedEvent(session));
	}

	@Override
	public void onDisconnected(Session<?> session, DisconnectReason reason) {
		this.publisher.publishEvent(new SessionDisconnectedEvent(session, reason));
	}

	@Override
	public void onRegistered(Channel<?, ?> channel, Session<?> session) {
		this.publisher.publishEvent(new SessionRegisteredEvent(channel, session));
	}

	@Override
	public void onDeregistered(Channel<?, ?> channel, Session<?> session) {
		this.publisher.publishEvent(new SessionDeregisteredEvent(channel, session));
	}

}
