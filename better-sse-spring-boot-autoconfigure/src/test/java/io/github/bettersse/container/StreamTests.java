package io.github.bettersse.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reaches the client of a stream.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#all")
class StreamTests extends ContainerTests {

	StreamTests(Combination combination) throws IOException {
		super(combination);
	}

	@Test
	void headAndPreambleComeBeforeAnyEvent() throws Exception {
		try (OpenStream stream = this.client.open("/stream")) {
			assertThat(stream.head()).isEqualTo(HEAD);
			assertThat(stream.readBody(RETRY.length())).isEqualTo(RETRY);
			assertThat(this.streams.nextSession().isConnected()).isTrue();
		}
	}

	@Test
	void pushesArriveInAllTheirForms() throws Exception {
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		session.push("a", "message", "1");
		session.push(new int[] { 1, 2 }, "numbers", "2");
		session.push(SseEvent.raw("line 1\nline 2").id("3").comment("c"));
		session.push(SseEvent.empty().id("4"));
		session.batch((batch) -> batch.event("x").data("b").id("5").dispatch().comment("done"))
			.get(10, TimeUnit.SECONDS);
		session.close();
		assertThat(stream.readRest()).isEqualTo("""
				id: 1
				data: "a"

				event: numbers
				id: 2
				data: [1,2]

				: c
				id: 3
				data: line 1
				data: line 2

				id: 4

				event: x
				data: "b"
				id: 5

				: done

				""");
	}

	@Test
	void broadcastsArriveAtAllInOrder() throws Exception {
		List<OpenStream> clients = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			clients.add(open("/quiet-news"));
		}
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 100; i++) {
			this.streams.news().broadcast(SseEvent.of(i).id("" + i));
			expected.append("id: ").append(i).append("\ndata: ").append(i).append("\n\n");
		}
		for (OpenStream client : clients) {
			assertThat(client.readBody(expected.length())).isEqualTo(expected.toString());
		}
	}

	@Test
	void keepAliveIsAComment() throws Exception {
		OpenStream stream = open("/keep-alive");
		assertThat(stream.readBody(6)).isEqualTo(":\n\n:\n\n");
	}

	@Test
	void largeEventsArriveWhole() throws Exception {
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		for (int i = 0; i < 8; i++) {
			session.push(SseEvent.raw(large(i)).id("" + i));
			String event = "id: " + i + "\ndata: " + large(i) + "\n\n";
			assertThat(stream.readBody(event.getBytes(StandardCharsets.UTF_8).length).equals(event)).isTrue();
		}
		session.close();
		assertThat(stream.readRest()).isEmpty();
	}

	private static String large(int i) {
		return (i + "é").repeat(128 * 1024);
	}

	@Test
	void handlerThatLoopsStreams() throws Exception {
		OpenStream stream = open("/loop");
		StringBuilder expected = new StringBuilder();
		for (int i = 0; i < 10; i++) {
			expected.append("id: ").append(i).append("\ndata: ").append(i).append("\n\n");
		}
		assertThat(stream.readRest()).isEqualTo(expected.toString());
	}

	@Test
	void bodyOfAPostReachesItsHandler() throws Exception {
		OpenStream stream = this.client.post("/posted", "question");
		assertThat(stream.head()).isEqualTo(HEAD);
		String answer = RETRY + "id: 1\ndata: \"question\"\n\n";
		assertThat(stream.readBody(answer.length())).isEqualTo(answer);
		this.streams.nextSession().push(SseEvent.of("later").id("2")).close();
		assertThat(stream.readRest()).isEqualTo("id: 2\ndata: \"later\"\n\n");
	}

	@Test
	void connectionServesOneStreamAfterAnotherUnlessItIsHandedOver() throws Exception {
		for (int i = 0; i < 3; i++) {
			OpenStream stream = open("/stream");
			this.streams.nextSession().push(SseEvent.of(i).id("1")).close();
			assertThat(stream.readRest()).isEqualTo("id: 1\ndata: " + i + "\n\n");
			stream.close();
		}
		assertThat(this.client.connectionCount()).isEqualTo(this.combination.isHandedOver() ? 0 : 1);
	}

	@Test
	void headIsAnsweredWithoutItsHandler() throws Exception {
		OpenStream stream = this.client.head("/stream");
		assertThat(stream.head()).isEqualTo(HEAD);
		assertThat(stream.readRest()).isEmpty();
	}

}
