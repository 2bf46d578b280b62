package io.github.bettersse;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine whose clients come back, and the bytes that they should get. In expected
 * bytes an {@code @} stands for the epoch of a position.
 */
abstract class ReplayScene {

	@RegisterExtension
	final TestEngine engine = new TestEngine(this::customize);

	/** Change the engine before it is built. */
	void customize(SseEngineBuilder builder) {
	}

	final Channel<Void, Object> channel(String name, History history) {
		return this.engine.channels.channel(name, ChannelOptions.<Void, Object>builder().history(history).build());
	}

	/** Prepare a session of a client that comes with an id, or with none. */
	final TestClient<Object> prepare(String lastEventId) {
		return prepare(lastEventId, SessionOptions.builder().build());
	}

	final TestClient<Object> prepare(String lastEventId, SessionOptions<Object> options) {
		Handshake.Builder handshake = Handshake.builder("GET", URI.create("/sse"));
		if (!lastEventId.isEmpty()) {
			handshake.headers(Map.of("Last-Event-ID", List.of(lastEventId)));
		}
		return this.engine.prepare(handshake.build(), options);
	}

	/** Open a session whose socket takes nothing once the head is out. */
	final void openFull(TestClient<?> client) {
		client.connection().during(Call.START, client.connection()::fill);
		client.opening().complete();
		this.engine.awaitDelivery();
	}

	final String position(long sequence) {
		return this.engine.parts().log().getPosition().at(sequence).toString();
	}

	final void broadcast(Channel<?, ?> channel, String... texts) {
		for (String text : texts) {
			channel.broadcast(SseEvent.raw(text));
		}
	}

	/** Broadcast events of 1 KB, as many as lead to a position. */
	final void broadcastUpTo(Channel<?, ?> channel, int sequence) {
		while (this.engine.parts().log().getPosition().sequence() < sequence) {
			broadcast(channel, large(this.engine.parts().log().getPosition().sequence() + 1));
		}
	}

	static String large(long sequence) {
		return sequence + "-".repeat(1024);
	}

	/** Wait until the client has got this and nothing else. */
	static void awaitMasked(TestClient<?> client, String expected) {
		TestEngine.await().untilAsserted(() -> assertThat(Wire.masked(client.received())).isEqualTo(expected));
	}

	static void assertDone(Replay replay, boolean complete, int events) {
		TestEngine.join(replay.completion());
		assertThat(replay.isComplete()).as("complete").isEqualTo(complete);
		assertThat(replay.getEventCount()).isEqualTo(events);
	}

	static String event(long sequence, String text) {
		return "id: @" + sequence + "\n" + data(text);
	}

	static String data(String... texts) {
		return List.of(texts).stream().map((text) -> "data: " + text + "\n\n").collect(Collectors.joining());
	}

	/** Return the events of 1 KB from one position to another. */
	static String events(int first, int last) {
		return IntStream.rangeClosed(first, last)
			.mapToObj((sequence) -> event(sequence, large(sequence)))
			.collect(Collectors.joining());
	}

	static String cursor(long sequence) {
		return "event: stream-cursor\nid: @" + sequence + "\ndata: \n\n";
	}

	static String reset(long sequence, String channel, String reason) {
		return reset(channel, reason).replace("\ndata:", "\nid: @" + sequence + "\ndata:");
	}

	/** Return a reset that another one follows. */
	static String reset(String channel, String reason) {
		return "event: stream-reset\ndata: {\"channel\":\"" + channel + "\",\"reason\":\"" + reason + "\"}\n\n";
	}

}
