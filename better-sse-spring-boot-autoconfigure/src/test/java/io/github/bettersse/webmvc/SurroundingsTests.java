package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Handshake;
import io.github.bettersse.Session;
import io.github.bettersse.SessionStateFactory;
import io.github.bettersse.event.SseEvent;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints among the filters and interceptors of an application, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SurroundingsTests {

	@LocalServerPort
	private int port;

	@Autowired
	private States states;

	@Test
	void anEtagFilterHoldsNothingBack() throws IOException {
		try (EventStreamClient client = connect("/stream")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
			assertThat(client.readBody(28)).isEqualTo("retry: 2000\n\nid: 1\ndata: 0\n\n");
		}
	}

	@Test
	void headersOfOthersStay() throws IOException {
		try (EventStreamClient client = connect("/cross-origin", "Origin: https://example.org")) {
			assertThat(client.readHead()).isEqualTo(Head.OF_STREAM.replace("200 \n", """
					200\s
					Vary: Origin
					Vary: Access-Control-Request-Method
					Vary: Access-Control-Request-Headers
					Access-Control-Allow-Origin: *
					"""));
		}
	}

	@Test
	void noSessionIsPreparedForWhatAnotherInterceptorRefuses() throws IOException {
		int before = this.states.created.get();
		try (EventStreamClient client = connect("/refused", "Connection: close")) {
			assertThat(client.readHead() + client.readRest()).isEqualTo("""
					HTTP/1.1 403\s
					Content-Length: 0
					Connection: close

					""");
		}
		assertThat(this.states.created).hasValue(before);
	}

	@Test
	void aFilterWithoutAsynchronousRequestsMakesAnOrdinaryError() throws IOException {
		try (EventStreamClient client = connect("/synchronous", "Connection: close")) {
			assertThat(client.readHead()).startsWith("HTTP/1.1 500 \nContent-Type: application/json\n");
		}
	}

	private EventStreamClient connect(String path, String... headers) throws IOException {
		return EventStreamClient.connect(this.port, path, headers);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, States.class, RefusingInterceptor.class })
	static class Application {

		@Bean
		ShallowEtagHeaderFilter etagFilter() {
			return new ShallowEtagHeaderFilter();
		}

		@Bean
		FilterRegistrationBean<Filter> synchronousFilter() {
			Filter filter = (request, response, chain) -> chain.doFilter(request, response);
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
			registration.addUrlPatterns("/synchronous");
			registration.setAsyncSupported(false);
			return registration;
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint({ "/stream", "/refused", "/synchronous" })
		void stream(Session<Integer> session) {
			session.push(SseEvent.of(session.getState()).id("1"));
		}

		@CrossOrigin
		@SseEndpoint("/cross-origin")
		void crossOrigin(Session<?> session) {
		}

	}

	static class States implements SessionStateFactory<Integer> {

		private final AtomicInteger created = new AtomicInteger();

		@Override
		public Integer create(Handshake handshake) {
			this.created.incrementAndGet();
			return 0;
		}

	}

	static class RefusingInterceptor implements WebMvcConfigurer, HandlerInterceptor {

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this).addPathPatterns("/refused").order(Ordered.LOWEST_PRECEDENCE);
		}

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			response.setStatus(403);
			return false;
		}

	}

}
