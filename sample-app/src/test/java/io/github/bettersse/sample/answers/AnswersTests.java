package io.github.bettersse.sample.answers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.SseEngine;
import io.github.bettersse.sample.SampleApplication;
import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Answers to somebody who does not read them.
 */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AnswersTests {

	private final AtomicInteger made = new AtomicInteger();

	@Autowired
	private Answers answers;

	@Autowired
	private SseEngine engine;

	@LocalServerPort
	private int port;

	@Test
	void nothingIsMadeAheadOfWhatIsRead() throws IOException {
		try (Socket socket = ask(this.answers.begin(endless()))) {
			int first = awaitStandstill();
			assertThat(first).isPositive();
			InputStream in = socket.getInputStream();
			for (int read = 0; read < 4_000_000;) {
				read += in.readNBytes(64 * 1024).length;
			}
			assertThat(awaitStandstill()).isGreaterThan(first);
		}
		await().until(() -> this.engine.getSessionCount() == 0);
		awaitStandstill();
	}

	/** One of another node, or of before a restart. */
	@Test
	void answerThatIsNotKnownGoesOnWhereItWas() {
		String id = "7f0c-elsewhere";
		try (SseTestClient client = SseTestClient.on(this.port)
			.post("application/json", "{\"text\":\"Why?\"}")
			.lastEventId(id + ".2")
			.connect("/answers")) {
			assertThat(client.nextEvent("token"))
				.satisfies((event) -> assertThat(event.lastEventId()).isEqualTo(id + ".3"))
				.satisfies((event) -> assertThat(event.data()).isEqualTo("\" “Why?”\""));
		}
	}

	/** A model that would never stop, and is as quick as it can be. */
	private Iterator<String> endless() {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public String next() {
				AnswersTests.this.made.incrementAndGet();
				return "token".repeat(200);
			}

		};
	}

	private Socket ask(String answer) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(16 * 1024);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
		socket.setSoTimeout(10_000);
		String body = "{\"text\":\"Why?\"}";
		socket.getOutputStream()
			.write(("POST /answers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nLast-Event-ID: "
					+ answer + ".0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	/** Wait until no more tokens are made, and return how many there are. */
	private int awaitStandstill() {
		int[] last = { -1 };
		await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(() -> {
			int before = last[0];
			last[0] = this.made.get();
			return last[0] > 0 && last[0] == before;
		});
		return last[0];
	}

}
