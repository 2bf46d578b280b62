package com.example.live;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class LiveTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ChannelRegistry channels;

	@Test
	void whoLosesTheConnectionMissesNothing() {
		Channel<?, ?> live = this.channels.channel("live");
		try (SseTestClient client = SseTestClient.on(this.port).connect("/live")) {
			live.broadcast("one");
			assertThat(client).receivesData("\"one\"");
			client.cut();
			live.broadcast("two");
			try (SseTestClient again = client.reconnect()) {
				assertThat(again).receivesData("\"two\"");
			}
		}
	}

}
