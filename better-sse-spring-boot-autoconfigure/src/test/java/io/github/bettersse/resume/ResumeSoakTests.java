package io.github.bettersse.resume;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

import io.github.bettersse.History;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.servlet.SseServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishers broadcast on several channels as fast as all can follow, while clients lose
 * their connections at random bytes of the response and come back with what they last
 * saw. What each of them has got in the end is exact: no gap, no duplicate, no
 * reordering; or, where the history is too small, no gap without a reset before it.
 * <p>
 * Here every client comes back 20 times. The full form, 100 clients that come back 200
 * times each, takes some minutes: {@code mvn test -Dtest=ResumeSoakTests
 * -Dresume.reconnects=200}. The rate is logged and never asserted.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ResumeSoakTests {

	private static final System.Logger logger = System.getLogger(ResumeSoakTests.class.getName());

	private static final int RECONNECTS = Integer.getInteger("resume.reconnects", 20);

	private static final int CLIENTS = 100;

	private static final int PUBLISHERS = 4;

	private static final List<String> CHANNELS = List.of("news", "sport", "weather");

	/** How far publishers go ahead of the slowest client. */
	private static final int MAX_LEAD = 2000;

	@TempDir
	Path directory;

	private final long seed = System.nanoTime();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@Test
	void sequenceIsExactWithinTheHistory() throws Exception {
		run(History.ofEvents(2 * MAX_LEAD), (clients, publishing) -> {
			assertThat(clients).allSatisfy((client) -> assertThat(client.resets()).isZero());
			assertThat(sum(clients, publishing, ResumingClient::lost)).isZero();
		});
	}

	@Test
	void gapIsNeverSilentBeyondTheHistory() throws Exception {
		run(History.ofEvents(50), (clients, publishing) -> {
			assertThat(clients).extracting(ResumingClient::resets).anyMatch((resets) -> resets > 0);
			assertThat(sum(clients, publishing, ResumingClient::lost)).isPositive();
		});
	}

	private void run(History history, Check check) throws Exception {
		try (SseServer server = SseServer.in(this.directory)
			.engine((builder) -> configure(builder, history))
			.handler((channels, session) -> CHANNELS.forEach((name) -> channels.channel(name).register(session)))
			.start()) {
			List<ResumingClient> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(new ResumingClient(server.port(), CHANNELS, new Random(this.seed + i)));
			}
			Publishing publishing = new Publishing(server.engine().getChannelRegistry(), CHANNELS, MAX_LEAD, clients);
			run(clients, publishing);
			assertThat(sum(clients, publishing, ResumingClient::strange)).isZero();
			assertThat(sum(clients, publishing, ResumingClient::lostInSilence)).as("seed %s", this.seed).isZero();
			check.check(clients, publishing);
			server.assertNothingLeft();
		}
	}

	/** Nobody has to hurry: on a busy machine a broadcast waits for longer. */
	private static void configure(SseEngineBuilder builder, History history) {
		builder.history(history)
			.maxWait(Duration.ofMinutes(1))
			.sessionDefaults(SessionOptions.builder().keepAlive(Duration.ofMillis(500)).build());
	}

	private void run(List<ResumingClient> clients, Publishing publishing) throws Exception {
		for (ResumingClient client : clients) {
			client.getStartingCursor();
		}
		long start = System.nanoTime();
		List<Future<Void>> publishers = new ArrayList<>();
		for (int i = 0; i < PUBLISHERS; i++) {
			Random random = new Random(this.seed - i);
			publishers.add(start(() -> publishing.publish(random)));
		}
		CountDownLatch visits = new CountDownLatch(CLIENTS);
		List<Future<Void>> readers = clients.stream().map((client) -> start(() -> {
			client.comeAndGo(publishing, RECONNECTS);
			visits.countDown();
			client.readOn(publishing);
		})).toList();
		awaitVisits(visits, readers);
		publishing.stop();
		double seconds = (System.nanoTime() - start) / 1e9;
		join(publishers);
		publishing.end();
		join(readers);
		logger.log(System.Logger.Level.INFO, () -> String.format(
				"%d broadcasts in %.1f s to %d clients that came back %d times: %.0f broadcasts/s, %.0f reconnects/s, %d resets",
				publishing.getNewest(), seconds, CLIENTS, RECONNECTS, publishing.getNewest() / seconds,
				CLIENTS * RECONNECTS / seconds, clients.stream().mapToInt(ResumingClient::resets).sum()));
	}

	/** Wait until all clients have come back often enough, or one has failed. */
	private static void awaitVisits(CountDownLatch visits, List<Future<Void>> readers) throws Exception {
		while (!visits.await(100, TimeUnit.MILLISECONDS)) {
			join(readers.stream().filter(Future::isDone).toList());
		}
	}

	private Future<Void> start(Task task) {
		return this.threads.submit((Callable<Void>) () -> {
			task.run();
			return null;
		});
	}

	private static void join(List<Future<Void>> tasks) throws Exception {
		for (Future<Void> task : tasks) {
			task.get();
		}
	}

	private static int sum(List<ResumingClient> clients, Publishing publishing, Look look) {
		ToIntFunction<ResumingClient> ofAllChannels = (client) -> {
			int sum = 0;
			for (int channel = 0; channel < CHANNELS.size(); channel++) {
				sum += look.at(client, channel, publishing.sequences(channel)).cardinality();
			}
			return sum;
		};
		return clients.stream().mapToInt(ofAllChannels).sum();
	}

	@FunctionalInterface
	private interface Task {

		void run() throws Exception;

	}

	@FunctionalInterface
	private interface Check {

		void check(List<ResumingClient> clients, Publishing publishing);

	}

	@FunctionalInterface
	private interface Look {

		BitSet at(ResumingClient client, int channel, BitSet published);

	}

}
