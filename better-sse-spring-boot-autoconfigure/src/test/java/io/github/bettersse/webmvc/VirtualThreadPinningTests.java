package io.github.bettersse.webmvc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The library holds no carrier thread while a virtual one waits.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.threads.virtual.enabled=true", "better-sse.keep-alive=100ms" })
@EnabledForJreRange(minVersion = 25)
class VirtualThreadPinningTests {

	private static final int STREAMS = 20;

	private static final int EVENTS = 100;

	@LocalServerPort
	private int port;

	@Autowired
	private ChannelRegistry channels;

	@Autowired
	@Qualifier("betterSseTaskExecutor")
	private Executor executor;

	@TempDir
	private Path directory;

	@Test
	void streamsPinNothing() throws Exception {
		Path file = this.directory.resolve("recording.jfr");
		// A class that is being loaded pins whoever waits for it, once.
		stream();
		stream();
		try (Recording recording = new Recording()) {
			recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1)).withStackTrace();
			recording.start();
			stream();
			pinOnPurpose();
			recording.stop();
			recording.dump(file);
		}
		List<RecordedEvent> pinned = RecordingFile.readAllEvents(file);
		assertThat(pinned).as("what was pinned on purpose").anyMatch((event) -> isIn(event, Pinned.class.getName()));
		assertThat(pinned).filteredOn((event) -> isIn(event, "io.github.bettersse."))
			.noneMatch((event) -> !isIn(event, Pinned.class.getName()));
	}

	/** Open streams, let each get pushes, items and broadcasts, and end them. */
	private void stream() throws IOException {
		Channel<Void, Object> news = this.channels.channel("news");
		List<EventStreamClient> clients = new ArrayList<>();
		for (int i = 0; i < STREAMS; i++) {
			clients.add(EventStreamClient.connect(this.port, "/stream"));
		}
		await().until(() -> news.getSessionCount() == STREAMS);
		for (int i = 0; i < EVENTS; i++) {
			news.broadcast(SseEvent.raw("x".repeat(1000)));
		}
		for (EventStreamClient client : clients) {
			client.readHead();
			for (int i = 0; i < EVENTS; i++) {
				client.nextEvent();
			}
		}
		news.getSessions().forEach(Session::close);
		await().until(() -> news.getSessionCount() == 0);
		for (EventStreamClient client : clients) {
			client.close();
		}
	}

	private void pinOnPurpose() throws InterruptedException {
		CountDownLatch done = new CountDownLatch(1);
		this.executor.execute(() -> {
			Pinned.touch();
			done.countDown();
		});
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
	}

	private static boolean isIn(RecordedEvent event, String name) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith(name));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			this.channels.channel("news").register(session);
			session.onConnected(() -> session.iterate(IntStream.range(0, 10).boxed().toList()));
		}

	}

	/** A class that is being initialised cannot let go of its carrier. */
	private static final class Pinned {

		static {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}

		static void touch() {
			// The initialiser has run
		}

	}

}
