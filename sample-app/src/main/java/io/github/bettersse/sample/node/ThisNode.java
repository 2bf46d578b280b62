package io.github.bettersse.sample.node;

import java.time.Instant;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The node of a cluster that this server is, if it is one.
 */
@Component
public class ThisNode {

	private final String name;

	private final Instant start;

	ThisNode(@Value("${sample.node:}") String name,
			@Value("${sample.start:#{T(java.time.Instant).now()}}") Instant start) {
		this.name = name;
		this.start = start;
	}

	/**
	 * Return its name.
	 * @return the name, {@code null} if this server is alone
	 */
	public @Nullable String getName() {
		return this.name.isEmpty() ? null : this.name;
	}

	/**
	 * Return when the sample was started: all nodes together, where there are several.
	 * @return the time
	 */
	public Instant getStart() {
		return this.start;
	}

	/**
	 * Return the name of a channel that this node has for itself.
	 * @param channel what the channel would be called on a server alone
	 * @return the name
	 */
	public String own(String channel) {
		return this.name.isEmpty() ? channel : channel + "@" + this.name;
	}

	/**
	 * Tell a client which node it is at.
	 * @param session the session of the client
	 * @param eventId the id of the event, empty for what the library gives
	 */
	public void introduce(Session<?> session, String eventId) {
		if (!this.name.isEmpty()) {
			SseEvent event = SseEvent.of(this.name).name("node");
			session.push(eventId.isEmpty() ? event : event.id(eventId));
		}
	}

}
