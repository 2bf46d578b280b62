package io.github.bettersse.actuate;

import java.util.List;

import io.github.bettersse.SseNode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the Actuator endpoint {@code sse} says of the streams of this node. Immutable,
 * thread-safe.
 *
 * @param sessionCount how many sessions are open
 * @param channels the channels by name
 * @param nodes the nodes that share the log, and by how much they are behind; none if it
 * is that of one node
 * @param streamLength how many records the log keeps for nodes that are behind,
 * {@code null} if it is that of one node
 */
public record SseStreamsDescriptor(int sessionCount, List<ChannelSummary> channels, List<SseNode> nodes,
		@Nullable Long streamLength) implements OperationResponseBody {

	/**
	 * What it says of one channel among others.
	 *
	 * @param name the channel's name
	 * @param sessionCount how many sessions are registered with it
	 */
	public record ChannelSummary(String name, int sessionCount) {
	}

}
