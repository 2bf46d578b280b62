package io.github.bettersse.autoconfigure.servlet;

import java.io.IOException;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of servlets and filters, behind one for ETags, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PlainServletTests {

	private static final String HEAD = """
			HTTP/1.1 200\s
			Cache-Control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
			Pragma: no-cache
			X-Accel-Buffering: no
			""";

	@LocalServerPort
	private int port;

	@Autowired
	private ChannelRegistry channels;

	@ParameterizedTest
	@ValueSource(strings = { "/servlet", "/filter" })
	void aStreamStaysOpenAndGetsBroadcasts(String path) throws IOException {
		Channel<Void, Object> channel = this.channels.channel(path);
		try (EventStreamClient client = EventStreamClient.connect(this.port, path)) {
			assertThat(client.readHead()).isEqualTo(HEAD + "Connection: close\nContent-Type: text/event-stream\n\n");
			assertThat(client.readBody(31)).isEqualTo("retry: 2000\n\nid: 1\ndata: true\n\n");
			channel.broadcast(SseEvent.of("all").id("2"));
			assertThat(client.readBody(19)).isEqualTo("id: 2\ndata: \"all\"\n\n");
			channel.getSessions().forEach(Session::close);
			assertThat(client.readRest()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/servlet", "/filter" })
	void headIsAnsweredAndEnds(String path) throws IOException {
		String request = "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
		try (EventStreamClient client = EventStreamClient.send(this.port, request)) {
			assertThat(client.readHead()).isEqualTo(HEAD + "Content-Type: text/event-stream\nConnection: close\n\n");
			assertThat(client.readRaw(1)).isEmpty();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		/** It lets streams pass. */
		@Bean
		FilterRegistrationBean<ShallowEtagHeaderFilter> etagFilter() {
			FilterRegistrationBean<ShallowEtagHeaderFilter> registration = new FilterRegistrationBean<>(
					new ShallowEtagHeaderFilter());
			registration.setOrder(0);
			return registration;
		}

		@Bean
		ServletRegistrationBean<EventServlet> eventServlet(ServletSessionFactory sessions, ChannelRegistry channels) {
			return new ServletRegistrationBean<>(new EventServlet(sessions, channels), "/servlet");
		}

		@Bean
		FilterRegistrationBean<EventFilter> eventFilter(ServletSessionFactory sessions, ChannelRegistry channels) {
			FilterRegistrationBean<EventFilter> registration = new FilterRegistrationBean<>(
					new EventFilter(sessions, channels));
			registration.addUrlPatterns("/filter");
			return registration;
		}

	}

	private static void open(ServletSessionFactory sessions, ChannelRegistry channels, HttpServletRequest request,
			HttpServletResponse response) {
		Session<Boolean> session = sessions.open(request, response,
				SessionOptions.<Boolean>builder().state(true).build());
		if (session.isConnected()) {
			channels.channel(request.getRequestURI()).register(session);
			session.push(SseEvent.of(session.getState()).id("1"));
		}
	}

	static final class EventServlet extends HttpServlet {

		private final transient ServletSessionFactory sessions;

		private final transient ChannelRegistry channels;

		EventServlet(ServletSessionFactory sessions, ChannelRegistry channels) {
			this.sessions = sessions;
			this.channels = channels;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			open(this.sessions, this.channels, request, response);
		}

	}

	static final class EventFilter extends HttpFilter {

		private final transient ServletSessionFactory sessions;

		private final transient ChannelRegistry channels;

		EventFilter(ServletSessionFactory sessions, ChannelRegistry channels) {
			this.sessions = sessions;
			this.channels = channels;
		}

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) {
			open(this.sessions, this.channels, request, response);
		}

	}

}
