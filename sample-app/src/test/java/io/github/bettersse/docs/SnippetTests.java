package io.github.bettersse.docs;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.docs.snippets.Recorder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the snippets of the documentation.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = { "better-sse.keep-alive=0s",
		// An SseEmitter whose client has gone would hold up a graceful one
		"server.shutdown=immediate",
		// Not the history of the sample, whose settings are on this class path
		"better-sse.channels[user\\:*].history.max-events=0" })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnippetTests {

	private static final String SERVER = "http://localhost:8080";

	private static final String RETRY = "retry: 2000\n\n";

	private final ChannelRegistry channels;

	private final Curl curl;

	SnippetTests(@Autowired ChannelRegistry channels, @LocalServerPort int port) {
		this.channels = channels;
		this.curl = new Curl(port);
	}

	@AfterAll
	static void allEndpointsOfSnippetsWereCalled(@Autowired Calls calls,
			@Autowired RequestMappingHandlerMapping requestMappingHandlerMapping) {
		Set<String> endpoints = requestMappingHandlerMapping.getHandlerMethods()
			.values()
			.stream()
			.map(HandlerMethod::toString)
			.filter((handler) -> handler.startsWith("io.github.bettersse.docs.snippets."))
			.collect(Collectors.toSet());
		assertThat(calls.handlers()).containsAll(endpoints);
	}

	@Test
	void endpointDiffersFromTheProperties() throws Exception {
		HttpResponse<InputStream> response = this.curl.open(SERVER + "/prices");
		assertThat(response.headers().firstValue("X-Served-By")).hasValue("prices");
		assertThat(response.headers().firstValue("Pragma")).isEmpty();
		try (Curl.Stream stream = new Curl.Stream(response.body())) {
			assertThat(stream.event()).matches("retry: [1-4]\\d{3}\n\n");
		}
	}

	@Test
	void endpointsWithOptionsAndFunctionalOnesRegister() throws Exception {
		assertBroadcast("/ticker", "ticker");
		assertBroadcast("/functional/news", "news");
	}

	@Test
	void sessionIsGreeted() throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/sse")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(stream.event()).isEqualTo("data: \"Hello world!\"\n\n");
		}
	}

	@Test
	void manyChannelsOnOneStream() throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/live")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			this.channels.channel("prices").broadcast(1, "price");
			this.channels.channel("alerts").broadcast("low", "alert");
			assertThat(stream.event()).isEqualTo("event: price\ndata: 1\n\n");
			assertThat(stream.event()).isEqualTo("event: alert\ndata: \"low\"\n\n");
		}
	}

	@Test
	void bytesAreBase64() throws Exception {
		String base64 = Base64.getEncoder()
			.encodeToString(Files.readAllBytes(Path.of("src/main/resources/static/icon.svg")));
		try (Curl.Stream stream = this.curl.stream(SERVER + "/thumbnails", "Accept", "text/event-stream")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(stream.event()).isEqualTo("event: thumbnail\ndata: \"" + base64 + "\"\n\n");
		}
	}

	@Test
	void clientsAreSpreadOverAMinute() throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/alerts")) {
			assertThat(stream.event()).matches("retry: [1-5]?\\d{4}\n\n");
		}
	}

	@Test
	void otherOriginsAreLetIn() throws Exception {
		HttpResponse<InputStream> response = this.curl.open(SERVER + "/shared", "Origin", "https://app.example.com");
		response.body().close();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://app.example.com");
		assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
		assertThat(this.curl.open(SERVER + "/shared", "Origin", "https://example.org").statusCode()).isEqualTo(403);
	}

	@Test
	void jobThatIsDoneIsNotAskedForAgain() throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/jobs/7")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(this.curl.post(SERVER + "/jobs/7/done", "text/plain", "")).isEqualTo(200);
			assertThat(stream.event()).isEqualTo("event: done\ndata: \"7\"\n\n");
			assertThat(stream.rest()).isEqualTo("event: disconnect\nretry: 2147483647\ndata: null\n\n");
		}
		assertThat(this.curl.open(SERVER + "/jobs/7").statusCode()).isEqualTo(204);
	}

	@Test
	void stateDecidesWhoGetsAnEvent() throws Exception {
		try (Curl.Stream french = this.curl.stream(SERVER + "/visitors", "Accept-Language", "fr");
				Curl.Stream other = this.curl.stream(SERVER + "/visitors")) {
			assertThat(french.event()).isEqualTo(RETRY).isEqualTo(other.event());
			assertThat(this.curl.post(SERVER + "/visitors/greeting", "text/plain", "Bonjour")).isEqualTo(200);
			this.channels.find("visitors").orElseThrow().broadcast("all");
			assertThat(french.event()).isEqualTo("event: greeting\ndata: \"Bonjour\"\n\n");
			assertThat(french.event()).isEqualTo("data: \"all\"\n\n").isEqualTo(other.event());
		}
	}

	@Test
	void allStreamsOfAUserGetAMessage() throws Exception {
		assertThat(this.curl.answer(SERVER + "/users/ada/messages", "text/plain", "Hello")).isEqualTo("offline");
		try (Curl.Stream tab = this.curl.stream(SERVER + "/inbox", "X-Authenticated-User", "ada");
				Curl.Stream phone = this.curl.stream(SERVER + "/inbox", "X-Authenticated-User", "ada")) {
			assertThat(tab.event()).isEqualTo(RETRY).isEqualTo(phone.event());
			assertThat(this.curl.answer(SERVER + "/users/ada/messages", "text/plain", "Hello")).isEqualTo("sent");
			assertThat(tab.event()).isEqualTo("event: private\ndata: \"Hello\"\n\n").isEqualTo(phone.event());
		}
	}

	@Test
	void questionIsPosted() throws Exception {
		String answer = this.curl.answer(SERVER + "/answers", "application/json", "{\"text\":\"to be\"}");
		assertThat(answer.replaceAll("id: ~.*\n", "")).isEqualTo(RETRY + "event: word\ndata: \"to\"\n\n"
				+ "event: word\ndata: \"be\"\n\nevent: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	@Test
	void clockTicksUntilTheClientIsGone(@Autowired ScheduledThreadPoolExecutor scheduler) throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/clock")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(stream.event()).matches("event: tick\ndata: \\d+\n\n");
		}
		await().until(() -> scheduler.getActiveCount() + scheduler.getQueue().size() == 0);
	}

	@Test
	void channelIsRecordedInAFile(@Autowired Recorder recorder, @TempDir Path directory) throws Exception {
		Channel<Void, Object> channel = this.channels.channel("recorded");
		Path file = directory.resolve("events.txt");
		Session<Object> session = recorder.record(channel, file);
		channel.broadcast(1, "price");
		session.flush().join();
		session.close();
		await().until(() -> !session.isConnected());
		assertThat(Files.readString(file).replaceAll("id: .*\n", "")).isEqualTo("event: price\ndata: 1\n\n");
	}

	@Test
	void sessionReplacesAnEmitter() throws Exception {
		for (String path : new String[] { "/emitter/news", "/session/news" }) {
			try (Curl.Stream stream = this.curl.stream(SERVER + path)) {
				assertThat(withSpaces(stream.event())).isEqualTo(RETRY);
				assertThat(this.curl.post(SERVER + path, "application/json", "{\"title\":\"New\"}")).isEqualTo(200);
				assertThat(withSpaces(stream.event())).isEqualTo("event: article\ndata: {\"title\":\"New\"}\n\n");
			}
		}
	}

	@Test
	void pushesOfAllKinds() throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + "/progress")) {
			assertThat(stream.rest().replaceAll("id: ~.*\n", ""))
				.isEqualTo(RETRY + "event: step\ndata: \"started\"\n\nevent: step\nid: half\ndata: 50 %\n\n"
						+ "event: step\ndata: 99\n\nevent: step\ndata: 100\n\n"
						+ "event: file\ndata: \"a.txt\"\n\nevent: file\ndata: \"b.txt\"\n\n");
		}
	}

	@Test
	void publisherReplacesAFlux() throws Exception {
		String numbers = IntStream.rangeClosed(1, 3)
			.mapToObj((i) -> "event: number\nid: n" + i + "\ndata: " + i + "\n\n")
			.collect(Collectors.joining());
		try (Curl.Stream flux = this.curl.stream(SERVER + "/flux/numbers");
				Curl.Stream session = this.curl.stream(SERVER + "/session/numbers")) {
			assertThat(sorted(withSpaces(flux.rest()))).isEqualTo(sorted(numbers));
			assertThat(session.rest()).isEqualTo(RETRY + numbers);
		}
	}

	@Test
	void missedHeadlinesAreReplayed() throws Exception {
		Channel<?, ?> headlines = this.channels.find("headlines").orElseThrow();
		String before = headlines.getPosition();
		headlines.broadcast("missed");
		try (Curl.Stream stream = this.curl.stream(SERVER + "/headlines", "Last-Event-ID", before)) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(stream.event()).isEqualTo("data: \"missed\"\n\n");
		}
		try (Curl.Stream stream = this.curl.stream(SERVER + "/headlines", "Last-Event-ID", "0123456789-1")) {
			assertThat(stream.event()).isEqualTo(RETRY);
			assertThat(stream.event()).startsWith("event: stream-reset\n");
			assertThat(stream.event()).isEqualTo("event: notice\ndata: \"Something was missed\"\n\n");
		}
	}

	@Test
	void returnedLinesAreEvents() throws Exception {
		String lines = Files.readAllLines(Path.of("src/test/node/.npmrc"))
			.stream()
			.map((line) -> "data: \"" + line + "\"\n\n")
			.collect(Collectors.joining());
		try (Curl.Stream stream = this.curl.stream(SERVER + "/export")) {
			assertThat(stream.rest().replaceAll("id: ~.*\n", "")).isEqualTo(RETRY + lines);
		}
	}

	@Test
	void closedStreamIsNoLostOne() throws Exception {
		try (Curl.Stream here = this.curl.stream(SERVER + "/members");
				Curl.Stream leaving = this.curl.stream(SERVER + "/members")) {
			assertThat(here.event()).isEqualTo(RETRY).isEqualTo(leaving.event());
			leaving.close();
			assertThat(here.event()).isEqualTo("event: member\ndata: \"left\"\n\n");
		}
	}

	private static String withSpaces(String events) {
		return events.replaceAll("(?m)^(\\w+): ?", "$1: ");
	}

	/** The order of the fields of an event does not matter. */
	private static String sorted(String events) {
		return events.lines().sorted().collect(Collectors.joining("\n"));
	}

	private void assertBroadcast(String path, String channel) throws Exception {
		try (Curl.Stream stream = this.curl.stream(SERVER + path)) {
			assertThat(stream.event()).isEqualTo(RETRY);
			this.channels.channel(channel).broadcast(1);
			assertThat(stream.event()).isEqualTo("data: 1\n\n");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ComponentScan("io.github.bettersse.docs.snippets")
	static class Application {

		@Bean(destroyMethod = "shutdownNow")
		ScheduledThreadPoolExecutor scheduler() {
			return new ScheduledThreadPoolExecutor(1);
		}

		@Bean
		Calls calls() {
			return new Calls();
		}

	}

}
