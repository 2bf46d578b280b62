package io.github.bettersse;

import io.github.bettersse.eventlog.RetainedEvents;
import org.jspecify.annotations.Nullable;

/**
 * What there is of one channel at a moment. Immutable, thread-safe.
 *
 * @param sessionCount how many sessions of this node are registered with it
 * @param retainedEvents how many events are retained
 * @param retainedBytes how many bytes these are on the wire
 * @param oldestPosition the position of the oldest retained event, {@code null} if there
 * is none
 * @param newestPosition the position of the newest retained event, {@code null} if there
 * is none
 */
public record ChannelStatistics(int sessionCount, int retainedEvents, long retainedBytes,
		@Nullable String oldestPosition, @Nullable String newestPosition) {

	static ChannelStatistics of(Channel<?, ?> channel, RetainedEvents retained) {
		return new ChannelStatistics(channel.getSessionCount(), retained.count(), retained.size(),
				(retained.oldest() != null) ? retained.oldest().toString() : null,
				(retained.newest() != null) ? retained.newest().toString() : null);
	}

}
