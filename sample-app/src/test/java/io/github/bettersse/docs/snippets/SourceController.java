package io.github.bettersse.docs.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SourceController {

	private final Path log = Path.of("src/test/node/.npmrc");

	@SseEndpoint("/export")
	Stream<String> export(Session<Void> session) throws IOException {
		return Files.lines(this.log);
	}

	@GetMapping(path = "/flux/numbers", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Integer>> fluxOfEvents() {
		return numbers().map((number) -> ServerSentEvent.builder(number).event("number").id("n" + number).build());
	}

	@SseEndpoint("/session/numbers")
	Flux<SseEvent> events(Session<Void> session) {
		return numbers().map((number) -> SseEvent.of(number).name("number").id("n" + number));
	}

	private static Flux<Integer> numbers() {
		return Flux.range(1, 3);
	}

}
