package io.github.bettersse.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * A client of event streams for tests: of a running server, or of {@link MockMvc}. It is
 * connected when it is there, and reads on its own thread; close it after the test. It
 * does not reconnect by itself. Thread-safe.
 *
 * <pre>
 * try (SseTestClient client = SseTestClient.on(port).connect("/sse")) {
 *     news.broadcast("Hello");
 *     assertThat(client).receivesData("\"Hello\"");
 * }
 * </pre>
 */
public final class SseTestClient extends EventStream implements AutoCloseable {

	private final Function<@Nullable String, SseTestClient> again;

	private final Exchange exchange;

	private SseTestClient(Exchange exchange, Duration timeout, Function<@Nullable String, SseTestClient> again) {
		super(new EventRecorder(), timeout);
		this.exchange = exchange;
		this.again = again;
		Thread reader = new Thread(this::read, "sse-test-client");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Describe a client of a server on this machine.
	 * @param port the server's port
	 * @return a builder
	 */
	public static Builder on(int port) {
		return on(URI.create("http://localhost:" + port));
	}

	/**
	 * Describe a client of any server.
	 * @param server where to resolve paths
	 * @return a builder
	 */
	public static Builder on(URI server) {
		return new Builder((request, processors) -> {
			if (!processors.isEmpty()) {
				throw new IllegalStateException("Only requests to MockMvc can be processed");
			}
			return HttpExchange.open(server, request);
		});
	}

	/**
	 * Describe a client without a server. The handler runs on the thread of the test.
	 * @param mvc handles the requests
	 * @return a builder
	 */
	public static Builder on(MockMvc mvc) {
		return new Builder((request, processors) -> MockMvcExchange.open(mvc, request, processors));
	}

	private void read() {
		byte[] buffer = new byte[8192];
		try (InputStream body = this.exchange.body()) {
			for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
				recorder().feed(buffer, length);
			}
			recorder().end(null);
		}
		catch (IOException ex) {
			recorder().end(ex);
		}
	}

	/**
	 * Return the status of the response.
	 * @return the status, 200 if there is a stream
	 */
	public int getStatus() {
		return this.exchange.status();
	}

	/**
	 * Return the headers of the response.
	 * @return the values by name; names are case-insensitive
	 */
	public Map<String, List<String>> getHeaders() {
		return this.exchange.headers();
	}

	/**
	 * Cut the connection and connect once more with the same request and the last event
	 * id, at once and whatever {@code retry:} says.
	 * @return another client
	 */
	public SseTestClient reconnect() {
		cut();
		String id = getLastEventId();
		return this.again.apply(id.isEmpty() ? null : id);
	}

	/**
	 * Lose the connection, as a client does that is closed or crashes. The server notices
	 * with its next writes; with {@link MockMvc} at once.
	 */
	public void cut() {
		try {
			this.exchange.cut();
		}
		catch (IOException ex) {
			throw new AssertionError("The connection cannot be closed", ex);
		}
		recorder().end(null);
	}

	/** {@linkplain #cut() Cut} the connection. */
	@Override
	public void close() {
		cut();
	}

	/** Opens an exchange. */
	@FunctionalInterface
	private interface Opener {

		Exchange open(StreamRequest request, List<RequestPostProcessor> processors);

	}

	/**
	 * Describes the request of a client. Not thread-safe.
	 */
	public static final class Builder {

		private static final String LAST_EVENT_ID = "Last-Event-ID";

		private final Opener opener;

		private final Map<String, List<String>> headers = new LinkedHashMap<>();

		private final List<RequestPostProcessor> processors = new ArrayList<>();

		private @Nullable String body;

		private Duration timeout = DEFAULT_TIMEOUT;

		private Builder(Opener opener) {
			this.opener = opener;
			this.headers.put("Accept", List.of("text/event-stream"));
		}

		/**
		 * Set a header; {@code Accept: text/event-stream} is there by default.
		 * @param name its name
		 * @param values its values
		 * @return this builder
		 */
		public Builder header(String name, String... values) {
			this.headers.put(name, List.of(values));
			return this;
		}

		/**
		 * Set the last event id that the client comes with; by default none.
		 * @param id the id
		 * @return this builder
		 */
		public Builder lastEventId(String id) {
			return header(LAST_EVENT_ID, id);
		}

		/**
		 * Make the request a {@code POST}.
		 * @param contentType of the body
		 * @param body the body
		 * @return this builder
		 */
		public Builder post(String contentType, String body) {
			this.body = body;
			return header("Content-Type", contentType);
		}

		/**
		 * Process a request to {@link MockMvc}, for instance with
		 * {@code SecurityMockMvcRequestPostProcessors.jwt()}.
		 * @param processor the processor
		 * @return this builder
		 */
		public Builder with(RequestPostProcessor processor) {
			this.processors.add(processor);
			return this;
		}

		/**
		 * Set how long to wait for what should come; 10 s by default.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = timeout;
			return this;
		}

		/**
		 * Connect, and wait for the head of the response.
		 * @param path the path with its query
		 * @return the client, which may have got another answer than a stream
		 */
		public SseTestClient connect(String path) {
			return connect(new StreamRequest(path, Map.copyOf(this.headers), this.body, this.timeout),
					List.copyOf(this.processors));
		}

		private SseTestClient connect(StreamRequest request, List<RequestPostProcessor> processors) {
			return new SseTestClient(this.opener.open(request, processors), request.timeout(), (id) -> {
				Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
				if (id != null) {
					headers.put(LAST_EVENT_ID, List.of(id));
				}
				return connect(new StreamRequest(request.path(), headers, request.body(), request.timeout()),
						processors);
			});
		}

	}

}
