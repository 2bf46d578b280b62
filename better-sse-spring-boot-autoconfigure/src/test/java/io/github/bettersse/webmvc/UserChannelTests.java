package io.github.bettersse.webmvc;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.UserNameResolver;
import io.github.bettersse.context.SessionChannelEvent;
import io.github.bettersse.context.SessionConnectedEvent;
import io.github.bettersse.context.SessionDisconnectedEvent;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The channels of users, and what the application hears of them, on a real port.
 */
class UserChannelTests {

	private static final String PREAMBLE = "retry: 2000\n\n";

	/** Each with the requests of ada and of somebody else. */
	static Stream<Arguments> applications() {
		String[] none = {};
		return Stream.of(
				Arguments.of(Application.class, "/stream", new String[] { "X-User: ada" }, "/stream",
						new String[] { "X-User: kim" }),
				Arguments.of(Application.class, "/stream", new String[] { "X-User: ada" }, "/stream", none),
				Arguments.of(OfParameter.class, "/stream?user=ada", none, "/stream?user=kim", none),
				Arguments.of(OfHeader.class, "/stream", new String[] { "X-Api-Key: ada" }, "/stream",
						new String[] { "X-Api-Key: kim" }));
	}

	@ParameterizedTest
	@MethodSource("applications")
	void allSessionsOfAUserGetWhatIsBroadcastToIt(Class<?> application, String path, String[] headers, String otherPath,
			String[] otherHeaders) throws Exception {
		try (ConfigurableApplicationContext context = start(application)) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			ChannelRegistry channels = context.getBean(ChannelRegistry.class);
			assertThat(channels.isOnline("ada")).isFalse();
			try (EventStreamClient first = open(port, path, headers);
					EventStreamClient second = open(port, path, headers);
					EventStreamClient other = open(port, otherPath, otherHeaders)) {
				await().until(() -> channels.isOnline("ada"));
				channels.user("ada").broadcast(SseEvent.of("for ada").id("1"));
				channels.channel("all").broadcast(SseEvent.of("for all").id("2"));
				String forAll = "id: 2\ndata: \"for all\"\n\n";
				assertThat(other.readBody(forAll.length())).isEqualTo(forAll);
				String forAda = "id: 1\ndata: \"for ada\"\n\n" + forAll;
				assertThat(first.readBody(forAda.length())).isEqualTo(forAda);
				assertThat(second.readBody(forAda.length())).isEqualTo(forAda);
				context.getBean(Streams.class).close("ada", channels);
				assertThat(first.readRest()).isEmpty();
				assertThat(second.readRest()).isEmpty();
				await().until(() -> !channels.isOnline("ada"));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("applications")
	void applicationHearsOfAUsersSession(Class<?> application, String path, String[] headers) throws Exception {
		try (ConfigurableApplicationContext context = start(application)) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			Events events = context.getBean(Events.class);
			try (EventStreamClient client = open(port, path, headers)) {
				assertThat(events.next()).isEqualTo("connected");
				assertThat(events.next()).isEqualTo("SessionRegisteredEvent user:ada");
				assertThat(events.next()).isEqualTo("SessionRegisteredEvent all");
				context.getBean(Streams.class).close("ada", context.getBean(ChannelRegistry.class));
				assertThat(client.readRest()).isEmpty();
				assertThat(events.next()).isEqualTo("disconnected CLOSED");
				assertThat(Stream.of(events.next(), events.next()))
					.containsExactlyInAnyOrder("SessionDeregisteredEvent user:ada", "SessionDeregisteredEvent all");
			}
		}
	}

	private static ConfigurableApplicationContext start(Class<?> application) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.run();
	}

	private static EventStreamClient open(int port, String path, String[] headers) throws IOException {
		EventStreamClient client = EventStreamClient.connect(port, path, headers);
		assertThat(client.readHead()).isEqualTo(Head.OF_STREAM);
		assertThat(client.readBody(PREAMBLE.length())).isEqualTo(PREAMBLE);
		return client;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Streams.class, Events.class, PrincipalFilter.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class OfParameter {

		@Bean
		UserNameResolver userNameResolver() {
			return (handshake) -> handshake.getQueryParameter("user");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class OfHeader {

		@Bean
		UserNameResolver userNameResolver() {
			return (handshake) -> handshake.getHeader("X-Api-Key");
		}

	}

	@RestController
	static class Streams {

		private final Channel<Void, Object> all;

		Streams(ChannelRegistry channels) {
			this.all = channels.channel("all");
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			this.all.register(session);
		}

		void close(String user, ChannelRegistry channels) {
			channels.user(user).getSessions().forEach(Session::close);
		}

	}

	static class Events {

		private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

		@EventListener
		void onConnected(SessionConnectedEvent event) {
			this.events.add("connected");
		}

		@EventListener
		void onDisconnected(SessionDisconnectedEvent event) {
			this.events.add("disconnected " + event.getReason());
		}

		@EventListener
		void onChannel(SessionChannelEvent event) {
			this.events.add(event.getClass().getSimpleName() + " " + event.getChannel().getName());
		}

		String next() throws InterruptedException {
			String event = this.events.poll(10, TimeUnit.SECONDS);
			assertThat(event).as("an event within 10 s").isNotNull();
			return event;
		}

	}

}
