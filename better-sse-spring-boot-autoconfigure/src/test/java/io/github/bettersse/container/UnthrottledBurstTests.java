package io.github.bettersse.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.github.bettersse.Channel;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Heap;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.test.EventStreamParser.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A burst as fast as can be, of more than the sockets take, while some clients do not
 * read: it outruns those that do as well.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#ofEachContainer")
class UnthrottledBurstTests extends ContainerTests {

	private static final int READING = 12;

	private static final int NOT_READING = 3;

	/** 6 MB for each client. The kernel takes about 3 MB, and a queue 1 MB. */
	private static final int EVENTS = 6000;

	private static final String KILOBYTE = "x".repeat(1024);

	private static final long MAX_GROWTH = 64 * 1024 * 1024;

	private final LongAdder read = new LongAdder();

	private final ExecutorService readers = Executors.newFixedThreadPool(READING);

	UnthrottledBurstTests(Combination combination) throws IOException {
		super(combination);
	}

	@AfterEach
	void endReaders() {
		this.readers.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/quiet-news", "/kept" })
	void whoReadsGetsAllAndWhoDoesNotIsEnded(String path) throws Exception {
		boolean history = path.equals("/kept");
		Channel<Void, Object> channel = history ? this.streams.kept() : this.streams.news();
		List<OpenStream> slow = new ArrayList<>();
		for (int i = 0; i < NOT_READING; i++) {
			slow.add(open(path));
		}
		List<Future<Integer>> received = new ArrayList<>();
		for (int i = 0; i < READING; i++) {
			received.add(this.readers.submit(counting(open(path))));
		}
		assertThat(growthDuringBurst(channel)).isLessThan(MAX_GROWTH);
		int sent = broadcastUntilTheSlowAreEnded(channel);
		channel.broadcast(SseEvent.raw("end"));
		for (Future<Integer> count : received) {
			assertThat(count.get(30, TimeUnit.SECONDS)).isEqualTo(sent);
		}
		for (int i = 0; i < NOT_READING; i++) {
			assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.OVERFLOW);
		}
		assertThat(channel.getSessionCount()).isEqualTo(READING);
		for (OpenStream stream : slow) {
			Beginning beginning = readToCut(stream);
			if (history) {
				assertResumes(path, beginning, sent);
			}
		}
	}

	@Test
	void whoReadsGetsAllAndWhoDoesNotLosesWhatIsCounted() throws Exception {
		List<String> paths = List.of("/oldest-dropped", "/latest-kept");
		Channel<Void, Object> channel = this.streams.news();
		Map<OpenStream, Session<?>> slow = new HashMap<>();
		for (int i = 0; i < NOT_READING; i++) {
			slow.put(open(paths.get(i % 2)), this.streams.nextSession());
		}
		List<Future<Integer>> received = new ArrayList<>();
		for (int i = 0; i < READING; i++) {
			received.add(this.readers.submit(counting(open(paths.get(i % 2)))));
		}
		assertThat(growthDuringBurst(channel)).isLessThan(MAX_GROWTH);
		await().until(() -> slow.values().stream().allMatch((session) -> session.getDroppedCount() > 0));
		channel.broadcast(SseEvent.raw("end"));
		for (Future<Integer> count : received) {
			assertThat(count.get(30, TimeUnit.SECONDS)).isEqualTo(EVENTS);
		}
		for (OpenStream stream : slow.keySet()) {
			assertThat(countToEnd(stream) + slow.get(stream).getDroppedCount()).isEqualTo(EVENTS);
		}
		assertThat(channel.getSessionCount()).isEqualTo(READING + NOT_READING);
	}

	/**
	 * Return by how much the memory in use has grown when those who read have all. Not
	 * before: the collections stop everything, and a second of that makes all readers
	 * slow ones.
	 */
	private long growthDuringBurst(Channel<Void, Object> channel) {
		long before = Heap.liveWithDirectBuffers();
		for (int i = 0; i < EVENTS; i++) {
			channel.broadcast(SseEvent.raw(text(i)));
		}
		await().untilAsserted(() -> assertThat(this.read.sum()).isEqualTo(READING * EVENTS));
		return Heap.liveWithDirectBuffers() - before;
	}

	/** A full queue is an overflow only when nothing was taken of it for a second. */
	private int broadcastUntilTheSlowAreEnded(Channel<Void, Object> channel) {
		int[] sent = { EVENTS };
		await().until(() -> {
			channel.broadcast(SseEvent.raw(text(sent[0]++)));
			return this.streams.endedCount() >= NOT_READING;
		});
		return sent[0];
	}

	/** Count the events that come, in order, before the end. */
	private Callable<Integer> counting(OpenStream stream) {
		return () -> {
			int count = 0;
			for (String line = stream.readLine(); !line.equals("data: end"); line = stream.readLine()) {
				if (line.endsWith(KILOBYTE)) {
					assertThat(line).isEqualTo("data: " + text(count++));
					this.read.increment();
				}
			}
			return count;
		};
	}

	/** Read what came, in order, before the stream was cut. */
	private static Beginning readToCut(OpenStream stream) {
		int count = 0;
		String lastEventId = "";
		try {
			while (true) {
				Event event = stream.nextEvent();
				lastEventId = event.lastEventId();
				if (isOfBurst(event)) {
					assertThat(event.data()).isEqualTo(text(count++));
				}
			}
		}
		catch (IOException ex) {
			return new Beginning(count, lastEventId);
		}
	}

	/** Count what comes before the end: in order, with holes. */
	private static long countToEnd(OpenStream stream) throws IOException {
		List<Integer> numbers = new ArrayList<>();
		for (Event event = stream.nextEvent(); !event.data().equals("end"); event = stream.nextEvent()) {
			numbers.add(Integer.parseInt(event.data().substring(0, event.data().length() - KILOBYTE.length())));
		}
		assertThat(numbers).isSorted().doesNotHaveDuplicates();
		return numbers.size();
	}

	private void assertResumes(String path, Beginning beginning, int sent) throws IOException {
		OpenStream stream = this.client.resume(path, beginning.lastEventId());
		int count = beginning.count();
		for (Event event = stream.nextEvent(); !event.data().equals("end"); event = stream.nextEvent()) {
			if (isOfBurst(event)) {
				assertThat(event.data()).isEqualTo(text(count++));
			}
		}
		assertThat(count).isEqualTo(sent);
	}

	/** Return whether it is not one of the library itself. */
	private static boolean isOfBurst(Event event) {
		return event.data().endsWith(KILOBYTE);
	}

	private static String text(int number) {
		return number + KILOBYTE;
	}

	/**
	 * What a stream has brought until it was cut.
	 *
	 * @param count the number of events
	 * @param lastEventId the last id
	 */
	private record Beginning(int count, String lastEventId) {

	}

}
