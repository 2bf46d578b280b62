package io.github.bettersse.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the requests that a page tells its reader to send. Every wait is bounded.
 */
final class Curl {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String server;

	/**
	 * Create a client.
	 * @param port where the server listens, in place of the port that the page shows
	 */
	Curl(int port) {
		this.server = "http://localhost:" + port;
	}

	String get(String address) throws Exception {
		return this.http.send(request(address).build(), BodyHandlers.ofString()).body();
	}

	int post(String address, String contentType, String body) throws Exception {
		HttpRequest request = request(address).header("Content-Type", contentType)
			.POST(BodyPublishers.ofString(body))
			.build();
		return this.http.send(request, BodyHandlers.discarding()).statusCode();
	}

	Stream stream(String address) throws Exception {
		HttpResponse<InputStream> response = this.http.send(request(address).build(), BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return new Stream(response.body());
	}

	private HttpRequest.Builder request(String address) {
		return HttpRequest.newBuilder(URI.create(address.replace("http://localhost:8080", this.server)))
			.timeout(Duration.ofSeconds(10));
	}

	/**
	 * What one request prints.
	 */
	record Stream(InputStream body) implements AutoCloseable {

		/** Return the next so many characters, which are all ASCII. */
		String next(int length) throws Exception {
			return soon(() -> read(length));
		}

		/** Return all until the server ends the stream. */
		String rest() throws Exception {
			return soon(() -> read(Integer.MAX_VALUE));
		}

		private String read(int length) {
			try {
				return new String(this.body.readNBytes(length), StandardCharsets.US_ASCII);
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}

		private static String soon(Supplier<String> text) throws Exception {
			return CompletableFuture.supplyAsync(text).get(10, TimeUnit.SECONDS);
		}

		@Override
		public void close() throws IOException {
			this.body.close();
		}

	}

}
