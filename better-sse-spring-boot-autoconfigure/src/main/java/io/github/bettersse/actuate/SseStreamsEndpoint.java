package io.github.bettersse.actuate;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

import io.github.bettersse.Channel;
import io.github.bettersse.SseEngine;
import io.github.bettersse.SseNode;
import io.github.bettersse.actuate.SseStreamsDescriptor.ChannelSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
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

	private final SessionDescriber sessions;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param engine knows the sessions and channels
	 * @param sanitizingFunctions hide values that are shown
	 * @param showValues when the values of sessions are shown
	 */
	public SseStreamsEndpoint(SseEngine engine, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues) {
		this.engine = engine;
		this.sessions = new SessionDescriber(new Sanitizer(sanitizingFunctions));
		this.showValues = showValues;
	}

	/**
	 * Describe all streams.
	 * @return a snapshot, channels by name
	 */
	@ReadOperation
	public SseStreamsDescriptor streams() {
		return new SseStreamsDescriptor(this.engine.getSessionCount(),
				this.engine.getChannelRegistry()
					.getChannels()
					.stream()
					.map((channel) -> new ChannelSummary(channel.getName(), channel.getSessionCount()))
					.sorted(Comparator.comparing(ChannelSummary::name))
					.toList(),
				nodes(), streamLength());
	}

	private @Nullable Long streamLength() {
		OptionalLong length = this.engine.getStreamLength();
		return length.isPresent() ? length.getAsLong() : null;
	}

	private List<SseNode> nodes() {
		return this.engine.getNodes().stream().sorted(Comparator.comparing(SseNode::name)).toList();
	}

	/**
	 * Describe one channel.
	 * @param channel the channel's name, which may have slashes in it
	 * @return a snapshot, {@code null} if there is no such channel
	 */
	@ReadOperation
	public @Nullable SseChannelDescriptor channel(@Selector(match = Match.ALL_REMAINING) String... channel) {
		return channel(this.showValues.isShown(true), channel);
	}

	@Nullable SseChannelDescriptor channel(boolean showValues, String... channel) {
		return this.engine.getChannelRegistry()
			.find(String.join("/", channel))
			.map((found) -> describe(found, showValues))
			.orElse(null);
	}

	private SseChannelDescriptor describe(Channel<?, ?> channel, boolean showValues) {
		List<SseSessionDescriptor> described = channel.getSessions()
			.stream()
			.map((session) -> this.sessions.describe(session, this.engine.getStatistics(session), showValues))
			.sorted(Comparator.comparing(SseSessionDescriptor::age).reversed())
			.toList();
		return new SseChannelDescriptor(channel.getName(), described.size(), channel.getPosition(),
				SseChannelDescriptor.History.of(this.engine.getStatistics(channel)), described);
	}

}
