package io.github.bettersse.resume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.bettersse.Channel;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Heap;
import io.github.bettersse.History;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.servlet.SseServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many clients come back at once and do not read: what they have missed does not fill the
 * heap. Then they read, and get all of it.
 */
class ReplayStormTests {

	private static final int CLIENTS = 200;

	private static final int EVENTS = 1000;

	private static final int SIZE = 1024;

	/**
	 * Of 1 MB that each client has to get; measured: about 120 KB, most of it buffers of
	 * the container and of the clients of this test.
	 */
	private static final long MAX_FOR_A_CLIENT = 200 * 1024;

	@TempDir
	Path directory;

	@Test
	void clientsThatReadLaterCostLittleMemoryAndMissNothing() throws Exception {
		ExecutorService readers = Executors.newFixedThreadPool(4);
		try (SseServer server = SseServer.in(this.directory)
			.engine((builder) -> builder.history(History.ofEvents(EVENTS))
				.sessionDefaults(SessionOptions.builder().noRetry().build()))
			.handler((channels, session) -> channels.channel("news").register(session))
			.start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			String start = news.getPosition();
			for (int i = 0; i < EVENTS; i++) {
				news.broadcast(SseEvent.raw(text(i)));
			}
			long before = Heap.used();
			List<EventStreamClient> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(EventStreamClient.connectWithSmallBuffer(server.port(), "/", "Last-Event-ID: " + start));
				server.nextSession();
			}
			Heap.awaitUsedAtMost(before + CLIENTS * MAX_FOR_A_CLIENT);
			List<Callable<Void>> readings = clients.stream().map(ReplayStormTests::reading).toList();
			for (Future<Void> reading : readers.invokeAll(readings)) {
				reading.get();
			}
		}
		finally {
			readers.shutdownNow();
		}
	}

	private static Callable<Void> reading(EventStreamClient client) {
		return () -> {
			client.readHead();
			for (int i = 0; i < EVENTS; i++) {
				assertThat(client.nextEvent().data()).isEqualTo(text(i));
			}
			client.close();
			return null;
		};
	}

	private static String text(int number) {
		return number + "x".repeat(SIZE);
	}

}
