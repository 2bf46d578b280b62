package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens streams over HTTP/2, many in one connection, with the client of the JDK. It needs
 * far more CPU than {@link LoadClient}, so that there are fewer streams. Not thread-safe.
 */
public final class Http2Client implements AutoCloseable {

	private static final int STREAMS_PER_CONNECTION = 100;

	private static final int TIMEOUT_SECONDS = 60;

	private final LoadOptions options;

	private final Tally tally;

	private final List<StreamCheck> checks = new ArrayList<>();

	private final ExecutorService executor = Executors.newFixedThreadPool(2);

	private final AtomicInteger ended = new AtomicInteger();

	private final CountDownLatch opened;

	/**
	 * Create a client.
	 * @param options what it does
	 */
	public Http2Client(LoadOptions options) {
		this.options = options;
		this.tally = new Tally(options.count(), false);
		this.opened = new CountDownLatch(options.sessions());
	}

	/**
	 * Open all streams.
	 * @throws IOException if a connection speaks no HTTP/2
	 */
	public void connect() throws IOException {
		try {
			HttpClient connection = null;
			for (int i = 0; i < this.options.sessions(); i++) {
				if (connection == null || i % STREAMS_PER_CONNECTION == 0) {
					connection = connection();
				}
				StreamCheck check = new StreamCheck(this.tally, false, false);
				this.checks.add(check);
				connection.sendAsync(request(this.options.path().apply(i)), (head) -> new Stream(check))
					.whenComplete((response, ex) -> this.ended.incrementAndGet());
			}
			if (!this.opened.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
				throw new IOException(this.opened.getCount() + " streams do not open");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** One client has one connection, once it is known to speak HTTP/2. */
	private HttpClient connection() throws IOException, InterruptedException {
		HttpClient connection = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_2)
			.executor(this.executor)
			.build();
		HttpResponse<Void> response = connection.send(request("/none"), HttpResponse.BodyHandlers.discarding());
		if (response.version() != HttpClient.Version.HTTP_2) {
			throw new IOException("The server speaks " + response.version());
		}
		return connection;
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.options.port() + path))
			.header("Accept", "text/event-stream")
			.build();
	}

	/**
	 * Have the events sent, and wait until all streams have all.
	 * @param probe is told of begin and end
	 * @return what was found
	 */
	public LoadResult run(Probe probe) {
		probe.begin();
		try (EventSource source = EventSource.start(this.options)) {
			long start = System.nanoTime();
			long deadline = start + this.options.timeout().toNanos();
			while (!isFinished() && source.failure() == null && System.nanoTime() < deadline) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
			}
			LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
			probe.end();
			synchronized (this.tally) {
				return LoadResult.of(this.tally, this.checks.size(), this.checks, start,
						new LoadResult.Counts(0, this.ended.get(), 0, System.nanoTime() < deadline, source.failure()));
			}
		}
	}

	private boolean isFinished() {
		synchronized (this.tally) {
			return this.tally.streamsAtEnd() == this.checks.size();
		}
	}

	/** Leaves the connections to the end of the server. */
	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private final class Stream implements HttpResponse.BodySubscriber<Void> {

		private final EventStreamParser parser;

		private final CompletableFuture<Void> end = new CompletableFuture<>();

		private byte[] bytes = new byte[0];

		Stream(StreamCheck check) {
			this.parser = new EventStreamParser(check);
		}

		@Override
		public CompletionStage<Void> getBody() {
			return this.end;
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			subscription.request(Long.MAX_VALUE);
			Http2Client.this.opened.countDown();
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			synchronized (Http2Client.this.tally) {
				Http2Client.this.tally.read();
				buffers.forEach(this::parse);
			}
		}

		private void parse(ByteBuffer buffer) {
			int length = buffer.remaining();
			if (this.bytes.length < length) {
				this.bytes = new byte[length];
			}
			buffer.get(this.bytes, 0, length);
			this.parser.parse(this.bytes, 0, length);
		}

		@Override
		public void onError(Throwable ex) {
			this.end.completeExceptionally(ex);
		}

		@Override
		public void onComplete() {
			this.end.complete(null);
		}

	}

}
