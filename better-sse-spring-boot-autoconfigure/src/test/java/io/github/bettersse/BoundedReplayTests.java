package io.github.bettersse;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.SseEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A storm of clients that come back at once and read slowly: what they have missed is in
 * memory once, whoever reads it. On sockets that only count, since 2,000 real ones take
 * two gigabytes through the loopback interface; the same with fewer real ones is in
 * {@code ReplayStormTests}.
 */
class BoundedReplayTests {

	private static final int CLIENTS = 2000;

	private static final int EVENTS = 1000;

	private static final int SIZE = 1024;

	/** What is retained: the frame, and the data it was made of for filters. */
	private static final long MAX_FOR_AN_EVENT = 4 * SIZE;

	/** Of 1 MB that each client has to get. Measured: about 4 KB. */
	private static final long MAX_FOR_A_CLIENT = 16 * 1024;

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final SseEngine engine = SseEngine.builder()
		.serializer(DataSerializer.ofText(String::valueOf))
		.executor(this.executor)
		.history(History.ofEvents(EVENTS))
		.sessionDefaults(SessionOptions.builder().noRetry().writeTimeout(Duration.ofMinutes(5)).build())
		.build();

	private final Channel<Void, Object> news = this.engine.getChannelRegistry().channel("news");

	private final CRC32 checksum = new CRC32();

	private long size;

	@AfterEach
	void close() {
		this.engine.close();
		this.executor.shutdown();
	}

	@Test
	void manyReplaysShareTheFramesOfTheHistory() {
		String start = this.news.getPosition();
		long empty = Heap.used();
		for (int i = 0; i < EVENTS; i++) {
			broadcast();
		}
		Heap.awaitUsedAtMost(empty + EVENTS * MAX_FOR_AN_EVENT);
		long before = Heap.used();
		List<MeteredConnection> clients = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			clients.add(resume(start));
		}
		long half = this.size / 2;
		clients.forEach((client) -> client.read(half));
		await(clients, half);
		Heap.awaitUsedAtMost(before + CLIENTS * MAX_FOR_A_CLIENT);
		assertThat(clients).allSatisfy((client) -> assertThat(client.taken()).isLessThan(this.size));
		clients.forEach((client) -> client.read(this.size));
		await(clients, this.size);
		assertThat(clients).allSatisfy((client) -> {
			assertThat(client.taken()).isEqualTo(this.size);
			assertThat(client.checksum()).isEqualTo(this.checksum.getValue());
		});
	}

	private void broadcast() {
		String data = "x".repeat(SIZE);
		this.news.broadcast(SseEvent.raw(data));
		byte[] bytes = ("id: " + this.news.getPosition() + "\ndata: " + data + "\n\n").getBytes(UTF_8);
		this.checksum.update(bytes);
		this.size += bytes.length;
	}

	private MeteredConnection resume(String position) {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse"))
			.headers(Map.of("Last-Event-ID", List.of(position)))
			.build();
		MeteredConnection connection = new MeteredConnection(handshake);
		SessionOpening<Object> opening = this.engine.getSessionFactory()
			.prepare(connection, SessionOptions.builder().build());
		this.news.register(opening.getSession());
		opening.complete();
		return connection;
	}

	private static void await(List<MeteredConnection> clients, long bytes) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> clients.stream().allMatch((client) -> client.taken() >= bytes));
	}

}
