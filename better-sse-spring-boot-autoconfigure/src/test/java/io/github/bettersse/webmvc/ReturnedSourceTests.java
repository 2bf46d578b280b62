package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler returns is streamed, then the stream ends. On a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ReturnedSourceTests {

	private static final String PREAMBLE = "retry: 2000\n\n";

	private static final String FIRST = "event: named\nid: 1\ndata: \"a\"\n\n";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@MethodSource
	void itemsAreStreamed(String controller, String path) throws IOException {
		assertThat(answer(controller + path)).isEqualTo(PREAMBLE + FIRST + """
				id: 2
				data: 2

				id: 3
				data: three

				""");
	}

	static Stream<Arguments> itemsAreStreamed() {
		return inBothControllers("/iterable", "/list", "/iterator", "/stream", "/publisher", "/flux", "/flowable",
				"/flow-publisher", "/stage-of-list", "/later-stage-of-stream", "/stage-of-flux", "/later-stage-of-flux",
				"/stage-of-flow-publisher");
	}

	@ParameterizedTest
	@MethodSource
	void oneItemIsStreamed(String controller, String path) throws IOException {
		assertThat(answer(controller + path)).isEqualTo(PREAMBLE + FIRST);
	}

	static Stream<Arguments> oneItemIsStreamed() {
		return inBothControllers("/mono", "/stage-of-item", "/later-stage-of-item");
	}

	@ParameterizedTest
	@MethodSource
	void withoutItemsTheStreamJustEnds(String controller, String path) throws IOException {
		assertThat(answer(controller + path)).isEqualTo(PREAMBLE);
	}

	static Stream<Arguments> withoutItemsTheStreamJustEnds() {
		return inBothControllers("/empty-list", "/empty-mono", "/stage-of-nothing", "/null-list", "/null-flux",
				"/null-stage");
	}

	private static Stream<Arguments> inBothControllers(String... paths) {
		return Stream.of("/rest", "/plain")
			.flatMap((controller) -> Stream.of(paths).map((path) -> Arguments.of(controller, path)));
	}

	@Test
	void itemsThatAreNoEventsAreMessagesWithAnIdOfTheirOwn() throws IOException {
		assertThat(answer("/plain-items").replaceAll("id: ~[0-9a-f-]{36}\n", "id: ~\n")).isEqualTo("""
				retry: 2000

				id: ~
				data: "text"

				id: ~
				data: {"number":7}

				id: ~
				data: [1,2]

				""");
	}

	@Test
	void itemsFollowWhatTheHandlerHasPushed() throws IOException {
		assertThat(answer("/after-push")).isEqualTo("""
				retry: 2000

				id: pushed
				data: 0

				id: 1
				data: 1

				""");
	}

	private String answer(String path) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, "Accept: text/event-stream")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			return client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ RestSources.class, PlainSources.class, MoreSources.class })
	static class Application {

	}

	@RestController
	@RequestMapping("/rest")
	static class RestSources extends ReturnedSources {

	}

	@Controller
	@RequestMapping("/plain")
	static class PlainSources extends ReturnedSources {

	}

	@RestController
	static class MoreSources {

		@SseEndpoint("/plain-items")
		List<Object> plainItems() {
			return List.of("text", new Item(7), List.of(1, 2));
		}

		@SseEndpoint("/after-push")
		Stream<SseEvent> afterPush(Session<?> session) {
			session.push(SseEvent.of(0).id("pushed"));
			return Stream.of(SseEvent.of(1).id("1"));
		}

	}

	record Item(int number) {
	}

}
