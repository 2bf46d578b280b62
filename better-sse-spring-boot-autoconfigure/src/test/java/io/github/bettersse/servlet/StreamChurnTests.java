package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.Channel;
import io.github.bettersse.EventStreamClient;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A container gives what a dead client leaves to a new one, while broadcasts still fail
 * on the dead one: that must not cost the new one its stream.
 */
class StreamChurnTests {

	private static final int CYCLES = 10;

	/** Jetty uses nothing of a connection again for others. */
	private static final int CYCLES_OF_JETTY = 3;

	private static final int CLIENTS = 1000;

	private static final int EVENTS = 5;

	@TempDir
	Path directory;

	private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();

	@ParameterizedTest
	@EnumSource
	void newClientsLoseNoStreamToDeadOnes(ServletServer.Kind container) throws Exception {
		try (SseServer server = SseServer.in(this.directory).container(container).registering("news").start()) {
			Channel<Void, Object> news = server.engine().getChannelRegistry().channel("news");
			AtomicInteger count = new AtomicInteger();
			this.publisher.scheduleAtFixedRate(() -> news.broadcast(count.getAndIncrement()), 0, 50,
					TimeUnit.MILLISECONDS);
			List<EventStreamClient> clients = List.of();
			int cycles = container.isTomcat() ? CYCLES : CYCLES_OF_JETTY;
			for (int cycle = 0; cycle < cycles; cycle++) {
				clients = replace(clients, server.port());
				int lost = 0;
				for (EventStreamClient client : clients) {
					lost += hasStream(client) ? 0 : 1;
				}
				assertThat(lost).as("streams lost in cycle " + cycle).isZero();
			}
			for (EventStreamClient client : clients) {
				client.closeByRst();
			}
			server.assertNothingLeft();
		}
		finally {
			this.publisher.shutdownNow();
		}
	}

	/** Kill each client and connect another, one by one. */
	private static List<EventStreamClient> replace(List<EventStreamClient> clients, int port) throws IOException {
		List<EventStreamClient> next = new ArrayList<>(CLIENTS);
		for (int i = 0; i < CLIENTS; i++) {
			if (i < clients.size() && i % 2 == 0) {
				clients.get(i).closeByRst();
			}
			else if (i < clients.size()) {
				clients.get(i).closeByFin();
			}
			next.add(EventStreamClient.connect(port, "/"));
		}
		return next;
	}

	private static boolean hasStream(EventStreamClient client) {
		try {
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 ");
			int first = Integer.parseInt(client.nextEvent().data());
			for (int i = 1; i < EVENTS; i++) {
				assertThat(client.nextEvent().data()).isEqualTo("" + (first + i));
			}
			return true;
		}
		catch (IOException | AssertionError ex) {
			return false;
		}
	}

}
