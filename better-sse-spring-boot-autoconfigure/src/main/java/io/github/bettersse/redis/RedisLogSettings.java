package io.github.bettersse.redis;

import java.time.Duration;

/**
 * The settings of a {@link RedisEventLog}. Immutable.
 *
 * @param keyPrefix what all keys begin with; those of one prefix are one log
 * @param nodeName by which operators know this node
 * @param waitReplicas how many replicas have an event before it counts as appended
 * @param appendTimeout how long an append may take before it fails
 * @param maxInFlight how many appends may be on their way
 * @param maxRecordSize how many bytes an event may have; larger ones are refused, and
 * skipped where others wrote them
 * @param backlogSize how many bytes are kept for nodes that are behind
 * @param historyTtl how long the history of a channel is kept to which nothing is
 * appended, if it has no age of its own
 * @param maxTotalSize about how many bytes of memory the histories of all channels may
 * take on this node
 */
public record RedisLogSettings(String keyPrefix, String nodeName, int waitReplicas, Duration appendTimeout,
		int maxInFlight, int maxRecordSize, long backlogSize, Duration historyTtl, long maxTotalSize) {

	/** What holds unless it is set. */
	public static final RedisLogSettings DEFAULTS = new RedisLogSettings("better-sse", "node", 0, Duration.ofSeconds(5),
			1024, 4 * 1024 * 1024, 32 * 1024 * 1024, Duration.ofDays(1), 64 * 1024 * 1024);

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RedisLogSettings {
		require(!keyPrefix.isEmpty(), "keyPrefix must not be empty");
		require(waitReplicas >= 0, "waitReplicas must not be negative");
		require(appendTimeout.toMillis() > 0, "appendTimeout must be at least 1 ms");
		require(maxInFlight > 0, "maxInFlight must be at least 1");
		require(maxRecordSize > 0, "maxRecordSize must be at least 1");
		require(backlogSize > 0, "backlogSize must be at least 1");
		require(historyTtl.toMillis() > 0, "historyTtl must be at least 1 ms");
		require(maxTotalSize > 0, "maxTotalSize must be at least 1");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
