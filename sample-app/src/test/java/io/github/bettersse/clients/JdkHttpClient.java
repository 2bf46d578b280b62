package io.github.bettersse.clients;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * The client of the JDK.
 */
final class JdkHttpClient implements StreamClient {

	private final HttpClient http = HttpClient.newHttpClient();

	@Override
	public List<Received> listen(URI uri) throws Exception {
		StreamReader reader = new StreamReader();
		while (!reader.stopped()) {
			HttpRequest request = HttpRequest.newBuilder(uri).header("Last-Event-ID", reader.lastEventId()).build();
			HttpResponse<InputStream> response = this.http.send(request, BodyHandlers.ofInputStream());
			reader.read(response.statusCode(), response.body());
		}
		return reader.received();
	}

}
