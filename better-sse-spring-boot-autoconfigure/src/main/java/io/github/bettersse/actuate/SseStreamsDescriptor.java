package io.github.bettersse.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the Actuator endpoint {@code sse} says of the streams of this node. Immutable,
 * thread-safe.
 *
 * @param sessionCount how many sessions are open
 * @param channels the channels by name
 */
public record SseStreamsDescriptor(int sessionCount,
		List<ChannelDescriptor> channels) implements OperationResponseBody {

	/**
	 * What the endpoint says of one channel.
	 *
	 * @param name the channel's name
	 * @param sessionCount how many sessions are registered with it
	 */
	public record ChannelDescriptor(String name, int sessionCount) implements OperationResponseBody {
	}

}
