package io.github.bettersse.container;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.bettersse.test.EventStreamParser;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A response whose head has come. Not thread-safe.
 */
final class OpenStream implements AutoCloseable {

	private static final Set<String> NOT_OF_THE_APPLICATION = Set.of("date", "transfer-encoding", "connection",
			"keep-alive");

	private final Call call;

	private final Response response;

	private final BufferedSource source;

	private final EventStreamParser parser = new EventStreamParser();

	private int nextEvent;

	OpenStream(Call call, Response response) {
		this.call = call;
		this.response = response;
		this.source = response.body().source();
	}

	boolean isHttp2() {
		return this.response.protocol() == Protocol.HTTP_2 || this.response.protocol() == Protocol.H2_PRIOR_KNOWLEDGE;
	}

	int status() {
		return this.response.code();
	}

	/**
	 * Return the status and the headers, in the order of their names, without Date and
	 * those about the connection.
	 */
	String head() {
		Headers headers = this.response.headers();
		assertThat(headers.get("Date")).isNotNull();
		return this.status() + "\n"
				+ IntStream.range(0, headers.size())
					.mapToObj((i) -> headers.name(i).toLowerCase(Locale.ROOT) + ": " + headers.value(i) + "\n")
					.filter((line) -> !NOT_OF_THE_APPLICATION.contains(line.split(":")[0]))
					.sorted()
					.collect(Collectors.joining());
	}

	/**
	 * Read a part of the body.
	 * @param length how many bytes to wait for
	 * @return them as UTF-8; fewer if the body has ended in order
	 */
	String readBody(long length) throws IOException {
		this.source.request(length);
		return this.source.readUtf8(Math.min(length, this.source.getBuffer().size()));
	}

	/** Read what the server still sends, until it ends the body in order. */
	String readRest() throws IOException {
		return this.source.readUtf8();
	}

	/** Wait for the next line of the body. */
	String readLine() throws IOException {
		return this.source.readUtf8LineStrict();
	}

	/** Wait for the next event. */
	EventStreamParser.Event nextEvent() throws IOException {
		Buffer buffer = new Buffer();
		while (this.parser.getEvents().size() == this.nextEvent) {
			assertThat(this.source.read(buffer, 8192)).as("bytes of the stream, which must not end").isPositive();
			this.parser.feed(buffer.readByteArray());
		}
		return this.parser.getEvents().get(this.nextEvent++);
	}

	/** Wait until the server drops the stream in the middle of the body. */
	void awaitCut() {
		assertThat(catchThrowable(() -> {
			Buffer buffer = new Buffer();
			while (this.source.read(buffer, 1024 * 1024) >= 0) {
				buffer.clear();
			}
		})).isInstanceOf(IOException.class).isNotInstanceOf(java.net.SocketTimeoutException.class);
	}

	/**
	 * Go away: over HTTP/1.1 the connection is closed, over HTTP/2 the stream is reset.
	 */
	void cancel() {
		this.call.cancel();
		this.response.close();
	}

	@Override
	public void close() {
		cancel();
	}

}
