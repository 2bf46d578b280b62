package io.github.bettersse.benchmarks.server.bettersse;

import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.SseEngine;
import io.github.bettersse.context.SessionDisconnectedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What has become of sessions whose clients do not read. Thread-safe.
 */
@Component
class SlowSessions {

	private final SseEngine engine;

	private final AtomicLong overflowed = new AtomicLong();

	SlowSessions(SseEngine engine) {
		this.engine = engine;
	}

	@EventListener
	void ended(SessionDisconnectedEvent event) {
		if (event.getReason() == DisconnectReason.OVERFLOW) {
			this.overflowed.incrementAndGet();
		}
	}

	long answer(String question) {
		return switch (question) {
			case "open" -> this.engine.getSessionCount();
			case "overflowed" -> this.overflowed.get();
			case "dropping" ->
				this.engine.getSessions().stream().filter((session) -> session.getDroppedCount() > 0).count();
			default -> throw new IllegalArgumentException(question);
		};
	}

}
