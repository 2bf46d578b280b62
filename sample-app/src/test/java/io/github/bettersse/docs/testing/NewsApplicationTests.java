package io.github.bettersse.docs.testing;

import java.time.Duration;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NewsApplicationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private ChannelRegistry channels;

	@Test
	void readerThatLosesItsConnectionMissesNothing() {
		try (SseTestClient reader = SseTestClient.on(this.port).connect("/news")) {
			this.channels.find("news").orElseThrow().broadcast("first", "article");
			assertThat(reader.nextEvent("article").data()).isEqualTo("\"first\"");
			assertThat(reader).hasRetry(Duration.ofSeconds(2));
			reader.cut();
			this.channels.find("news").orElseThrow().broadcast("second", "article");
			try (SseTestClient again = reader.reconnect()) {
				assertThat(again.nextEvent("article").data()).isEqualTo("\"second\"");
			}
		}
	}

}
