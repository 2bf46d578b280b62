package io.github.bettersse;

import java.time.Duration;
import java.util.Collection;

/**
 * How an engine does at a moment. Immutable, thread-safe.
 *
 * @param sessionCount how many sessions are open
 * @param totalAge the sum of their ages
 * @param greatestAge the age of the oldest of them
 * @param queuedBytes how many bytes wait in all their queues; what several wait for is
 * counted for each of them
 * @param greatestQueuedBytes how many bytes wait in the fullest queue
 * @param backlogBytes how many bytes wait for the delivery threads
 * @param deliveryThreads how many threads there should be to deliver broadcasts
 * @param aliveDeliveryThreads how many of them run
 */
public record EngineStatistics(int sessionCount, Duration totalAge, Duration greatestAge, long queuedBytes,
		long greatestQueuedBytes, long backlogBytes, int deliveryThreads, int aliveDeliveryThreads) {

	static EngineStatistics of(Collection<SessionStatistics> sessions, EngineParts parts) {
		Duration totalAge = Duration.ZERO;
		Duration greatestAge = Duration.ZERO;
		long queued = 0;
		long greatestQueued = 0;
		for (SessionStatistics session : sessions) {
			totalAge = totalAge.plus(session.age());
			greatestAge = (session.age().compareTo(greatestAge) > 0) ? session.age() : greatestAge;
			queued += session.queuedBytes();
			greatestQueued = Math.max(greatestQueued, session.queuedBytes());
		}
		return new EngineStatistics(sessions.size(), totalAge, greatestAge, queued, greatestQueued,
				parts.backlog().size(), parts.shards().size(), parts.shards().aliveCount());
	}

}
