package io.github.bettersse;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an open session costs: the memory that the library keeps for it while nothing
 * happens, and the memory that an event takes on its way to it. On sockets that take all
 * and keep nothing.
 */
class SessionFootprintTests {

	private static final int SESSIONS = 2000;

	/** So many that what else comes and goes in a JVM does not count. */
	private static final int MANY_SESSIONS = 20_000;

	/** Measured: about 820. */
	private static final int MAX_BYTES_KEPT = 900;

	/** Measured: less than 1. */
	private static final int MAX_BYTES_ALLOCATED = 64;

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	private final SseEngine engine = SseEngine.builder()
		.serializer(DataSerializer.ofText(String::valueOf))
		.executor(this.executor)
		.deliveryThreads(1)
		.recorder(recorder())
		.build();

	private final Channel<Void, Object> news = this.engine.getChannelRegistry().channel("news");

	private final SessionOptions<Object> options = SessionOptions.builder().build();

	private final List<Session<Object>> sessions = new ArrayList<>();

	/** Return what counts and times meanwhile. */
	EngineRecorder recorder() {
		return EngineRecorder.disabled();
	}

	@AfterEach
	void close() {
		this.engine.close();
		this.executor.shutdown();
	}

	/** In a JVM of its own, where nothing else comes or goes meanwhile. */
	@Test
	void idleSessionKeepsLessThanAKilobyte() throws Exception {
		Process jvm = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), SessionFootprintTests.class.getName(), getClass().getName())
			.redirectError(Redirect.INHERIT)
			.start();
		try (InputStream output = jvm.getInputStream()) {
			long perSession = Long.parseLong(new String(output.readAllBytes(), UTF_8).strip());
			assertThat(perSession).isBetween(1L, (long) MAX_BYTES_KEPT);
		}
	}

	/** Tell how many bytes a session of the engine of one such class keeps. */
	public static void main(String[] args) throws Exception {
		SessionFootprintTests test = (SessionFootprintTests) Class.forName(args[0])
			.getDeclaredConstructor()
			.newInstance();
		test.open(SESSIONS);
		long before = ClassHistogram.take().total();
		test.open(MANY_SESSIONS);
		new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)
			.println((ClassHistogram.take().total() - before) / MANY_SESSIONS);
		test.close();
	}

	@Test
	void deliveredEventAllocatesNextToNothing() throws Exception {
		open(SESSIONS);
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long shard = thread("better-sse-delivery-0");
		int events = 50;
		broadcast(events);
		long before = threads.getThreadAllocatedBytes(shard);
		broadcast(events);
		long perDelivery = (threads.getThreadAllocatedBytes(shard) - before) / (events * SESSIONS);
		assertThat(perDelivery).isLessThan(MAX_BYTES_ALLOCATED);
	}

	private void open(int count) throws Exception {
		for (int i = 0; i < count; i++) {
			Handshake handshake = Handshake.builder("GET", URI.create("/sse")).build();
			SessionOpening<Object> opening = this.engine.getSessionFactory()
				.prepare(new TakingConnection(handshake), this.options);
			this.news.register(opening.getSession());
			opening.complete();
			this.sessions.add(opening.getSession());
		}
		CountDownLatch listenersDone = new CountDownLatch(1);
		this.executor.execute(listenersDone::countDown);
		assertThat(listenersDone.await(10, TimeUnit.SECONDS)).isTrue();
		awaitDelivery();
	}

	/** One by one, so that none are joined. */
	private void broadcast(int count) throws Exception {
		for (int i = 0; i < count; i++) {
			this.news.broadcast("event " + i);
			awaitDelivery();
		}
	}

	private void awaitDelivery() throws Exception {
		this.sessions.get(0).flush().get(10, TimeUnit.SECONDS);
	}

	private static long thread(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(name))
			.mapToLong(Thread::getId)
			.max()
			.orElseThrow();
	}

	/** A socket that takes all. */
	private record TakingConnection(Handshake handshake) implements Connection {

		@Override
		public Handshake getHandshake() {
			return this.handshake;
		}

		@Override
		public void open(ResponseHead head) {
		}

		@Override
		public void start(Listener listener) {
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void write(Frame frame) {
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

		@Override
		public void abort(IOException failure) {
		}

	}

}
