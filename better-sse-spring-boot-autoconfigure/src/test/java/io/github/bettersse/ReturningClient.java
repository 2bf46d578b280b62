package io.github.bettersse;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.test.EventStreamParser;
import io.github.bettersse.test.EventStreamParser.Event;

/**
 * A client of a page that was rendered at the beginning of the log. Its connection is cut
 * again and again, at any byte, and it comes back with the last id that it has read. Its
 * socket takes something at some times and nothing at others. For one thread.
 */
final class ReturningClient {

	private static final int MAX_BYTES = 30_000;

	private static final String END = "event: end\ndata: \n\n";

	private final TestEngine engine;

	private final List<Channel<Void, Object>> channels;

	private final String name;

	private final Random random;

	private String lastEventId;

	private final List<Event> events = new ArrayList<>();

	ReturningClient(TestEngine engine, List<Channel<Void, Object>> channels, String name, Random random) {
		this.lastEventId = channels.get(0).getPosition();
		this.engine = engine;
		this.channels = channels;
		this.name = name;
		this.random = random;
	}

	String name() {
		return this.name;
	}

	/** Return all that it has read. */
	List<Event> events() {
		return this.events;
	}

	/**
	 * Connect, read something, and lose the connection with all that is on its way.
	 * @param givenId of an event that it is pushed meanwhile, perhaps
	 */
	void connectForAWhile(String givenId) {
		TestClient<Object> client = connect();
		if (this.random.nextBoolean()) {
			client.session().push(SseEvent.raw("x").name("pushed").id(givenId));
		}
		int bytes = this.random.nextInt(MAX_BYTES);
		client.session().push(SseEvent.raw("").name("end"));
		parse(read(client, (received) -> received.length() >= bytes || received.contains(END)), bytes);
	}

	/** Connect, and read all that there is now. */
	void connectToTheEnd() {
		TestClient<Object> client = connect();
		client.session().push(SseEvent.raw("").name("end"));
		parse(read(client, (received) -> received.contains(END)), Integer.MAX_VALUE);
	}

	private TestClient<Object> connect() {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse?" + this.name))
			.headers(Map.of("Last-Event-ID", List.of(this.lastEventId)))
			.build();
		TestClient<Object> client = this.engine.prepare(handshake, SessionOptions.builder().build());
		this.channels.forEach((channel) -> channel.register(client.session()));
		Random readiness = new Random(this.random.nextLong());
		client.connection().during(Call.START, () -> client.connection().setReadiness(() -> readiness.nextInt(3) > 0));
		client.opening().complete();
		return client;
	}

	private static String read(TestClient<Object> client, Predicate<String> enough) {
		TestEngine.await().until(() -> {
			client.connection().listener().onWritable();
			return enough.test(client.received());
		});
		client.connection().vanish(null);
		return client.received();
	}

	private void parse(String received, int bytes) {
		EventStreamParser parser = EventStreamParser.parse(received.substring(0, Math.min(bytes, received.length())));
		this.events.addAll(parser.getEvents());
		if (!parser.getLastEventId().isEmpty()) {
			this.lastEventId = parser.getLastEventId();
		}
	}

}
