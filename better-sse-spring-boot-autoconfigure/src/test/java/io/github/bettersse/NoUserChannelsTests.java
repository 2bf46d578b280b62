package io.github.bettersse;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * User channels can be switched off.
 */
class NoUserChannelsTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.userChannels(false));

	@Test
	void sessionsAreInNoChannelOfTheirUser() {
		TestClient<Object> client = this.engine.prepare(
				Handshake.builder("GET", URI.create("/sse")).principal(() -> "ann").build(),
				SessionOptions.builder().build());
		client.opening().complete();
		assertThat(this.engine.channels.getChannels()).isEmpty();
		assertThat(this.engine.channels.isOnline("ann")).isFalse();
		this.engine.channels.user("ann").broadcast(Wire.event("a"));
		this.engine.awaitDelivery();
		assertThat(client.received()).isEmpty();
	}

}
