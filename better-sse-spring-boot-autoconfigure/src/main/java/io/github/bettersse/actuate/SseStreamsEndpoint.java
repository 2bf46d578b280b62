package io.github.bettersse.actuate;

import java.util.Comparator;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.SseEngine;
import io.github.bettersse.actuate.SseStreamsDescriptor.ChannelDescriptor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * Actuator endpoint {@code sse}: the open sessions and the channels of this node.
 * Thread-safe.
 */
@Endpoint(id = "sse")
public class SseStreamsEndpoint {

	private final SseEngine engine;

	private final ChannelRegistry channels;

	/**
	 * Create an endpoint.
	 * @param engine knows the sessions
	 * @param channels knows the channels
	 */
	public SseStreamsEndpoint(SseEngine engine, ChannelRegistry channels) {
		this.engine = engine;
		this.channels = channels;
	}

	/**
	 * Describe all streams.
	 * @return a snapshot, channels by name
	 */
	@ReadOperation
	public SseStreamsDescriptor streams() {
		return new SseStreamsDescriptor(this.engine.getSessionCount(),
				this.channels.getChannels()
					.stream()
					.map(this::describe)
					.sorted(Comparator.comparing(ChannelDescriptor::name))
					.toList());
	}

	/**
	 * Describe one channel.
	 * @param channel the channel's name, which may have slashes in it
	 * @return a snapshot, {@code null} if there is no such channel
	 */
	@ReadOperation
	public @Nullable ChannelDescriptor channel(@Selector(match = Match.ALL_REMAINING) String... channel) {
		return this.channels.find(String.join("/", channel)).map(this::describe).orElse(null);
	}

	private ChannelDescriptor describe(Channel<?, ?> channel) {
		return new ChannelDescriptor(channel.getName(), channel.getSessionCount());
	}

}
