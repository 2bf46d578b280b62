package io.github.bettersse.actuate;

import java.util.List;

import io.github.bettersse.ChannelStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the Actuator endpoint {@code sse} says of one channel. Immutable, thread-safe.
 *
 * @param name the channel's name
 * @param sessionCount how many sessions are registered with it
 * @param position the position of the newest event of all channels
 * @param history what is retained
 * @param sessions the sessions, the oldest first
 */
public record SseChannelDescriptor(String name, int sessionCount, String position, History history,
		List<SseSessionDescriptor> sessions) implements OperationResponseBody {

	/**
	 * What is retained of a channel.
	 *
	 * @param events how many events
	 * @param bytes how many bytes these are on the wire
	 * @param oldestPosition the position of the oldest of them, if there is one
	 * @param newestPosition the position of the newest of them, if there is one
	 */
	public record History(int events, long bytes, @Nullable String oldestPosition, @Nullable String newestPosition) {

		static History of(ChannelStatistics channel) {
			return new History(channel.retainedEvents(), channel.retainedBytes(), channel.oldestPosition(),
					channel.newestPosition());
		}

	}

}
