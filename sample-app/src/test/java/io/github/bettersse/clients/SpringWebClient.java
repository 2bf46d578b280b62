package io.github.bettersse.clients;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Spring's {@link WebClient}, which reads {@link ServerSentEvent}s.
 */
final class SpringWebClient implements StreamClient {

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private final WebClient http = WebClient.create();

	@Override
	public List<Received> listen(URI uri) {
		AtomicReference<String> lastEventId = new AtomicReference<>("");
		AtomicBoolean stopped = new AtomicBoolean();
		return Flux.defer(() -> open(uri, lastEventId.get(), stopped))
			.takeUntil((event) -> "disconnect".equals(event.event()))
			.doOnNext((event) -> stopped.compareAndSet(false, "disconnect".equals(event.event())))
			.filter((event) -> event.data() != null && !stopped.get())
			.map(SpringWebClient::received)
			.doOnNext((event) -> lastEventId.set(event.id()))
			.repeat(() -> !stopped.get())
			.collectList()
			.block();
	}

	private Flux<ServerSentEvent<String>> open(URI uri, String lastEventId, AtomicBoolean stopped) {
		return this.http.get()
			.uri(uri)
			.accept(MediaType.TEXT_EVENT_STREAM)
			.header("Last-Event-ID", lastEventId)
			.exchangeToFlux((response) -> events(response, stopped));
	}

	private static Flux<ServerSentEvent<String>> events(ClientResponse response, AtomicBoolean stopped) {
		stopped.set(response.statusCode().equals(HttpStatus.NO_CONTENT));
		return response.bodyToFlux(EVENT);
	}

	private static Received received(ServerSentEvent<String> event) {
		return new Received((event.event() != null) ? event.event() : "message", event.id(), event.data());
	}

}
