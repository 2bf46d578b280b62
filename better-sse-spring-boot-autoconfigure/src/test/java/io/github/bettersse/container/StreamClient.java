package io.github.bettersse.container;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that speaks HTTP/1.1 or HTTP/2, and TLS where the server does. Over HTTP/2 its
 * streams share a connection. No read waits for longer than 10 seconds. Not thread-safe.
 */
final class StreamClient implements AutoCloseable {

	private static final int TIMEOUT_SECONDS = 10;

	/** How much the client takes of a stream over HTTP/2 that is not read. */
	private static final int HTTP2_WINDOW = 16 * 1024 * 1024;

	private final boolean http2;

	private final OkHttpClient client;

	private final String url;

	private final List<OpenStream> streams = new ArrayList<>();

	StreamClient(TestServer server, boolean http2) {
		boolean tls = server.kind().tls();
		this.http2 = http2;
		OkHttpClient.Builder builder = new OkHttpClient.Builder().socketFactory(new LoopbackSockets())
			.connectionPool(new ConnectionPool())
			.readTimeout(Duration.ofSeconds(TIMEOUT_SECONDS))
			.retryOnConnectionFailure(false)
			.protocols(protocols(tls, http2));
		if (tls) {
			Certificate certificate = Certificate.get();
			builder.sslSocketFactory(certificate.context().getSocketFactory(), certificate.trustManager());
		}
		this.client = builder.build();
		this.url = (tls ? "https" : "http") + "://127.0.0.1:" + server.port();
	}

	private static List<Protocol> protocols(boolean tls, boolean http2) {
		if (!http2) {
			return List.of(Protocol.HTTP_1_1);
		}
		return tls ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1) : List.of(Protocol.H2_PRIOR_KNOWLEDGE);
	}

	/** Ask for a stream and wait for the head of the response. */
	OpenStream open(String path) throws IOException {
		return send(new Request.Builder().url(this.url + path));
	}

	/** Come back to a stream, with the id of the last event that was read. */
	OpenStream resume(String path, String lastEventId) throws IOException {
		return send(new Request.Builder().url(this.url + path).header("Last-Event-ID", lastEventId));
	}

	/** Ask for the head of a stream. */
	OpenStream head(String path) throws IOException {
		return send(new Request.Builder().url(this.url + path).head());
	}

	/** Post a text and wait for the head of the response. */
	OpenStream post(String path, String text) throws IOException {
		return send(
				new Request.Builder().url(this.url + path).post(RequestBody.create(text, MediaType.get("text/plain"))));
	}

	private OpenStream send(Request.Builder request) throws IOException {
		Call call = this.client.newCall(request.header("Accept", "text/event-stream").build());
		OpenStream stream = new OpenStream(call, call.execute());
		this.streams.add(stream);
		assertThat(stream.isHttp2()).isEqualTo(this.http2);
		return stream;
	}

	/**
	 * Return how much is more than the client takes of a stream that it does not read.
	 */
	int moreThanItTakesUnread() {
		return this.http2 ? HTTP2_WINDOW + 4 * 1024 * 1024 : 8 * 1024 * 1024;
	}

	/** Return how many connections are open. */
	int connectionCount() {
		return this.client.connectionPool().connectionCount();
	}

	@Override
	public void close() {
		this.streams.forEach(OpenStream::cancel);
		this.client.dispatcher().executorService().shutdown();
		this.client.connectionPool().evictAll();
	}

}
