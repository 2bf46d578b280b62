package io.github.bettersse.actuate;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Shows the values of sessions over HTTP to who may see them. Thread-safe.
 */
@EndpointWebExtension(endpoint = SseStreamsEndpoint.class)
public class SseStreamsEndpointWebExtension {

	private final SseStreamsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when the values of sessions are shown
	 * @param roles of those who may see them; anybody who has authenticated if empty
	 */
	public SseStreamsEndpointWebExtension(SseStreamsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describe one channel.
	 * @param securityContext the caller
	 * @param channel the channel's name, which may have slashes in it
	 * @return a snapshot, {@code null} if there is no such channel
	 */
	@ReadOperation
	public @Nullable SseChannelDescriptor channel(SecurityContext securityContext,
			@Selector(match = Match.ALL_REMAINING) String... channel) {
		return this.delegate.channel(this.showValues.isShown(securityContext, this.roles), channel);
	}

}
