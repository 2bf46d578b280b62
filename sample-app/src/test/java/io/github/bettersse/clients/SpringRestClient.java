package io.github.bettersse.clients;

import java.net.URI;
import java.util.List;

import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Spring's {@link RestClient}, of which the body is read as it comes.
 */
final class SpringRestClient implements StreamClient {

	private final RestClient http = RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()).build();

	@Override
	public List<Received> listen(URI uri) {
		StreamReader reader = new StreamReader();
		while (!reader.stopped()) {
			this.http.get()
				.uri(uri)
				.accept(MediaType.TEXT_EVENT_STREAM)
				.header("Last-Event-ID", reader.lastEventId())
				.exchange((request, response) -> {
					reader.read(response.getStatusCode().value(), response.getBody());
					return reader;
				});
		}
		return reader.received();
	}

}
