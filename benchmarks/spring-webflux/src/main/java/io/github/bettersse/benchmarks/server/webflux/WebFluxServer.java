package io.github.bettersse.benchmarks.server.webflux;

import io.github.bettersse.benchmarks.server.ServerControl;
import io.github.bettersse.benchmarks.server.Tick;
import io.github.bettersse.benchmarks.server.Trigger;
import io.netty.util.internal.PlatformDependent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * WebFlux on Reactor Netty, as it is usually done: one multicast sink, and a buffer for
 * each subscriber.
 */
@SpringBootApplication
@RestController
public class WebFluxServer {

	private static final int BUFFER = 8192;

	private final Sinks.Many<ServerSentEvent<String>> sink = Sinks.many().multicast().directBestEffort();

	/**
	 * Run until the standard input ends.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebFluxServer.class, args);
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		// Netty allocates past the JDK
		ServerControl.countOutside(() -> Math.max(0, PlatformDependent.usedDirectMemory()));
		ServerControl.listening(event.getWebServer().getPort());
	}

	@GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> connect() {
		// The comment, since the head is sent with the first bytes of the body
		return this.sink.asFlux()
			.onBackpressureBuffer(BUFFER)
			.startWith(ServerSentEvent.<String>builder().comment("connected").build());
	}

	@PostMapping("/broadcast")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void broadcast(@RequestParam MultiValueMap<String, String> query) {
		Trigger.of(query::getFirst)
			.start((sequence,
					data) -> this.sink.emitNext(ServerSentEvent.<String>builder()
						.id(Integer.toString(sequence))
						.event(Tick.NAME)
						.data(data)
						.build(), Sinks.EmitFailureHandler.FAIL_FAST));
	}

}
