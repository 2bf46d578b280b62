package io.github.bettersse.webmvc;

import java.io.IOException;
import java.security.Principal;
import java.util.List;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several endpoints of one controller, with the arguments that Spring MVC resolves. On a
 * real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class EndpointArgumentTests {

	private static final String PREAMBLE = "retry: 2000\n\n";

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/rest", "/plain" })
	void pathVariablesAndParametersAreResolved(String controller) throws IOException {
		assertThat(answer(controller + "/rooms/blue/streams/7?name=kim&tag=a&tag=b"))
			.isEqualTo(PREAMBLE + "id: 1\ndata: \"blue 7 kim [a, b] none\"\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest", "/plain" })
	void principalAndHeadersAreResolved(String controller) throws IOException {
		assertThat(answer(controller + "/who", "X-User: ada", "X-Trace: 7"))
			.isEqualTo(PREAMBLE + "id: 1\ndata: \"ada ada 7\"\n\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/rest", "/plain" })
	void bodyIsResolved(String controller) throws IOException {
		String request = """
				POST %s/ask HTTP/1.1
				Host: localhost
				Accept: text/event-stream
				Content-Type: application/json
				Content-Length: 24

				{"text":"why","times":2}""".formatted(controller).replace("\n", "\r\n");
		try (EventStreamClient client = EventStreamClient.send(this.port, request)) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(client.readRest()).isEqualTo(PREAMBLE + "id: 0\ndata: \"why\"\n\nid: 1\ndata: \"why\"\n\n");
		}
	}

	@Test
	void bodyThatCannotBeReadIsABadRequest() throws IOException {
		String request = """
				POST /rest/ask HTTP/1.1
				Host: localhost
				Accept: text/event-stream
				Content-Type: application/json
				Content-Length: 1
				Connection: close

				{""".replace("\n", "\r\n");
		try (EventStreamClient client = EventStreamClient.send(this.port, request)) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 400 \nContent-Type: application/json\n");
		}
	}

	@Test
	void streamsAndOrdinaryAnswersShareAPath() throws IOException {
		assertThat(answer("/rest/both", "Accept: text/event-stream")).isEqualTo(PREAMBLE + "id: 1\ndata: 1\n\n");
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/rest/both",
				"Accept: application/json")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 200 \nContent-Type: application/json\n");
		}
	}

	@Test
	void anInterceptorBehindOursMayStillRefuse() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/rest/refused", "Connection: close")) {
			assertThat(client.readHead() + client.readRest()).isEqualTo("""
					HTTP/1.1 403\s
					Content-Length: 0
					Connection: close

					""");
		}
	}

	private String answer(String path, String... headers) throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, path, headers)) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			return client.readRest();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ RestStreams.class, PlainStreams.class, PrincipalFilter.class })
	static class Application {

		/** Behind all that others register. */
		@Bean
		static BeanDefinitionRegistryPostProcessor lateInterceptor() {
			return (registry) -> registry.registerBeanDefinition("late", new RootBeanDefinition(LateInterceptor.class));
		}

	}

	abstract static class Streams {

		@SseEndpoint("/rooms/{room}/streams/{number}")
		void room(@PathVariable String room, @PathVariable int number, Session<?> session, @RequestParam String name,
				@RequestParam List<String> tag, @RequestParam(defaultValue = "none") String other) {
			session.push(SseEvent.of("%s %d %s %s %s".formatted(room, number, name, tag, other)).id("1")).close();
		}

		@SseEndpoint("/who")
		void who(Session<?> session, Principal principal, @RequestHeader("X-Trace") String trace) {
			String ofSession = session.getHandshake().getPrincipal().getName();
			session.push(SseEvent.of(principal.getName() + " " + ofSession + " " + trace).id("1")).close();
		}

		@SseEndpoint(path = "/ask", method = RequestMethod.POST, consumes = MediaType.APPLICATION_JSON_VALUE)
		void ask(@RequestBody Question question, Session<?> session) {
			for (int i = 0; i < question.times(); i++) {
				session.push(SseEvent.of(question.text()).id(Integer.toString(i)));
			}
			session.close();
		}

		@SseEndpoint("/refused")
		void refused(Session<?> session) {
			throw new AssertionError("the handler must not run");
		}

	}

	@RestController
	@RequestMapping("/rest")
	static class RestStreams extends Streams {

		@SseEndpoint("/both")
		void stream(Session<?> session) {
			session.push(SseEvent.of(1).id("1")).close();
		}

		@GetMapping("/both")
		List<Integer> list() {
			return List.of(1);
		}

	}

	@Controller
	@RequestMapping("/plain")
	static class PlainStreams extends Streams {

	}

	record Question(String text, int times) {
	}

	static class LateInterceptor implements WebMvcConfigurer, HandlerInterceptor {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this).addPathPatterns("/*/refused").order(Ordered.LOWEST_PRECEDENCE);
		}

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			assertThat(EndpointCall.find(request)).as("ours has run").isNotNull();
			response.setStatus(403);
			return false;
		}

	}

}
