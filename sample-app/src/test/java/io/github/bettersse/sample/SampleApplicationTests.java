package io.github.bettersse.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.sample.EventStream.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Drives the sample over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SampleApplicationTests {

	private final ChannelRegistry channels;

	private final SampleClient client;

	SampleApplicationTests(@Autowired ChannelRegistry channels, @LocalServerPort int port) {
		this.channels = channels;
		this.client = new SampleClient(port);
	}

	@BeforeEach
	void nobodyIsThere() {
		Quiet.await(this.channels);
		this.channels.remove("chat"); // with what was said before
	}

	@Test
	void allStreamsShowTheSameTicks() {
		try (EventStream one = this.client.ticker(); EventStream two = this.client.ticker()) {
			assertThat(ticksForTwo(one)).isEqualTo(ticksForTwo(two));
		}
	}

	private static List<Event> ticksForTwo(EventStream stream) {
		return Stream.generate(stream::next).filter((tick) -> tick.data().endsWith("\"online\":2}")).limit(4).toList();
	}

	@Test
	void chatTellsWhoComesAndGoesAndWhatIsSaid() {
		try (EventStream ada = this.client.chat("Ada", "a-key")) {
			assertThat(ada.next(2)).containsExactly(event("joined", "\"Ada\""), event("people", "[\"Ada\"]"));
			try (EventStream bob = this.client.chat("  Bob ", "b-key")) {
				assertThat(bob.next()).as("what was said before").isEqualTo(event("joined", "\"Ada\""));
				assertThat(bob.next(2))
					.containsExactly(event("joined", "\"Bob\""), event("people", "[\"Ada\",\"Bob\"]"))
					.isEqualTo(ada.next(2));
				assertThat(this.client.say("b-key", " Hello <b>Ada</b> ")).isEqualTo(202);
				Event message = ada.next();
				assertThat(message.name()).isEqualTo("message");
				assertThat(message.data())
					.matches("\\{\"from\":\"Bob\",\"text\":\"Hello <b>Ada</b>\",\"time\":\"[-0-9T:.]+Z\"}");
				assertThat(bob.next()).isEqualTo(message);
			}
			assertThat(ada.next(2)).containsExactly(event("left", "\"Bob\""), event("people", "[\"Ada\"]"));
		}
	}

	@Test
	void takenNameIsRefusedWithoutATraceUntilItsHolderHasLeft() {
		try (EventStream ada = this.client.chat("Ada", "a-key")) {
			ada.next(2);
			assertThat(this.client.chatStatus("Ada", "b-key")).isEqualTo(409);
			assertThat(this.client.chatStatus(" aDA ", "b-key")).isEqualTo(409);
			assertThat(Quiet.count(this.channels, "chat")).isEqualTo(1);
			assertThat(this.client.say("b-key", "Hello")).isEqualTo(403);
			assertThat(this.client.say("a-key", "Still alone")).isEqualTo(202);
			assertThat(ada.next().data()).contains("Still alone");
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> this.client.chatStatus("ada", "b-key") == 200);
	}

	@Test
	void oneOfManyGetsAName() {
		List<HttpResponse<InputStream>> answers = IntStream.range(0, 16)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> this.client.join("Ada", "key-" + i)))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
		answers.forEach(SampleClient::close);
		assertThat(answers.stream().map(HttpResponse::statusCode)).containsOnlyOnce(200).containsOnly(200, 409);
	}

	@Test
	void tabThatReconnectsKeepsItsNameUnnoticedByOthers() {
		Event both = event("people", "[\"Ada\",\"Bob\"]");
		try (EventStream bob = this.client.chat("Bob", "b-key")) {
			bob.next(2);
			EventStream lost = this.client.chat("Ada", "a-key");
			assertThat(bob.next(2)).containsExactly(event("joined", "\"Ada\""), both);
			EventStream found = this.client.chat("Ada", "a-key");
			assertThat(found.next(2)).as("what was said before")
				.containsExactly(event("joined", "\"Bob\""), event("joined", "\"Ada\""));
			assertThat(found.next()).isEqualTo(bob.next()).isEqualTo(both);
			lost.close();
			assertThat(this.client.say("a-key", "Here I am")).isEqualTo(202);
			assertThat(bob.next()).isEqualTo(found.next());
			found.close();
			assertThat(bob.next(2)).containsExactly(event("left", "\"Ada\""), event("people", "[\"Bob\"]"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "This name is too long", "Ada\nBob", "A\u202Eda" })
	void unfitNameIsRefused(String name) {
		assertThat(this.client.chatStatus(name, "a-key")).isEqualTo(400);
		assertThat(Quiet.count(this.channels, "chat")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   " })
	void emptyMessageIsRefused(String text) {
		assertThat(this.client.say("a-key", text)).isEqualTo(400);
	}

	@Test
	void usageIsMeasuredOnTheTickersStreamWhileSomebodyLooks() {
		AtomicInteger measured = new AtomicInteger();
		this.channels.channel("monitor").onBroadcast((event) -> measured.incrementAndGet());
		try (EventStream stream = this.client.ticker()) {
			List<Event> usages = usages(stream).limit(3).toList();
			String usage = "\\{\"time\":\"[-0-9T:.]+Z\",\"cpu\":[0-9.E-]+,\"memory\":\\d+,\"maxMemory\":\\d+}";
			assertThat(usages.get(0).data()).matches("\\[(" + usage + ",?)*]");
			assertThat(usages.subList(1, 3))
				.allSatisfy((event) -> assertThat(event.data()).matches("\\[" + usage + "]"));
		}
		nobodyIsThere();
		int before = measured.get();
		await().during(Duration.ofSeconds(2)).until(() -> measured.get() == before);
		try (EventStream stream = this.client.ticker()) {
			assertThat(usages(stream).limit(1)).as("the last minute")
				.allMatch((event) -> event.data().startsWith("[{"));
		}
	}

	/** Ticks come on the same stream, at any time. */
	private static Stream<Event> usages(EventStream stream) {
		return Stream.generate(stream::next).filter((event) -> event.name().equals("usages"));
	}

	@Test
	void actuatorShowsTheChannels() {
		assertThat(this.client.get("/actuator/sse").statusCode()).isEqualTo(200);
	}

	@Test
	void redisHasNoPartInIt(@Autowired ApplicationContext context) throws IOException {
		assertThat(context.getBeanProvider(RedisConnectionFactory.class)).isEmpty();
		HttpResponse<InputStream> health = this.client.get("/actuator/health");
		assertThat(new String(health.body().readAllBytes(), StandardCharsets.UTF_8)).contains("\"status\":\"UP\"");
	}

	private static Event event(String name, String data) {
		return new Event(name, data);
	}

}
