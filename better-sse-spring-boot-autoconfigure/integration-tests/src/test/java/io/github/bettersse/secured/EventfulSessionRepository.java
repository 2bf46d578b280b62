package io.github.bettersse.secured;

import java.util.concurrent.ConcurrentHashMap;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/**
 * Sessions in memory, with the events that Spring Session has for those in Redis or
 * elsewhere.
 */
final class EventfulSessionRepository extends MapSessionRepository {

	private final ApplicationEventPublisher publisher;

	private volatile boolean silent;

	EventfulSessionRepository(ApplicationEventPublisher publisher) {
		super(new ConcurrentHashMap<>());
		this.publisher = publisher;
	}

	/** Publish nothing, as not all repositories do. */
	void silence(boolean silent) {
		this.silent = silent;
	}

	void expire(String id) {
		MapSession session = findById(id);
		super.deleteById(id);
		this.publisher.publishEvent(new SessionExpiredEvent(this, session));
	}

	@Override
	public void deleteById(String id) {
		MapSession session = findById(id);
		super.deleteById(id);
		if (session != null && !this.silent) {
			this.publisher.publishEvent(new SessionDeletedEvent(this, session));
		}
	}

}
