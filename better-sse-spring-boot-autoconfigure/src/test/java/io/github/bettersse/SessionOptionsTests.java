package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.bettersse.event.DataSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Options of sessions, and the state that comes with them.
 */
class SessionOptionsTests {

	private static final Duration TOO_LONG = Duration.ofMillis(1L << 31);

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	static Stream<Arguments> badValues() {
		return Stream.of(
				bad((builder) -> builder.retry(Duration.ofMillis(-1)), "retry must be from 0 to 2147483647 ms"),
				bad((builder) -> builder.retry(TOO_LONG), "retry must be from 0 to 2147483647 ms"),
				bad((builder) -> builder.retryJitter(TOO_LONG), "retryJitter must be from 0 to 2147483647 ms"),
				bad((builder) -> builder.keepAlive(Duration.ofNanos(-1)), "keepAlive must be from 0 to 2147483647 ms"),
				bad((builder) -> builder.writeTimeout(TOO_LONG), "writeTimeout must be from 0 to 2147483647 ms"),
				bad((builder) -> builder.status(199), "status must be from 200 to 599"),
				bad((builder) -> builder.status(600), "status must be from 200 to 599"),
				bad((builder) -> builder.maxQueueSize(0), "maxQueueSize must be at least 1 byte"),
				bad((builder) -> builder.header(" "), "header needs a name without control characters"),
				bad((builder) -> builder.header("a\nb"), "header needs a name without control characters"),
				bad((builder) -> builder.header("a", "b\r\nc: d"), "header a must not contain control characters"));
	}

	private static Arguments bad(Consumer<SessionOptions.Builder<Object>> change, String message) {
		return arguments(change, message);
	}

	@ParameterizedTest
	@MethodSource
	void badValues(Consumer<SessionOptions.Builder<Object>> change, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> change.accept(SessionOptions.builder()))
			.withMessage(message);
	}

	@Test
	void extremesAreAllowed() {
		Duration longest = Duration.ofMillis(Integer.MAX_VALUE);
		assertThatNoException().isThrownBy(() -> SessionOptions.builder()
			.retry(longest)
			.retryJitter(longest)
			.keepAlive(longest)
			.writeTimeout(longest)
			.maxQueueSize(1)
			.status(599)
			.header("a", "b\tc", "ü")
			.build());
	}

	@Test
	void givenValuesWinAndHeadersAreJoinedByName() {
		SessionOptions<String> given = SessionOptions.<String>builder()
			.keepAlive(Duration.ofSeconds(1))
			.header("X-A", "given")
			.state("given")
			.build();
		SessionOptions<Integer> defaults = SessionOptions.<Integer>builder()
			.keepAlive(Duration.ofSeconds(2))
			.retry(Duration.ofSeconds(3))
			.header("x-a", "default")
			.header("X-B", "default")
			.state(1)
			.build();
		SessionOptions.Builder<String> joined = given.withDefaults(defaults).values();
		assertThat(joined.keepAlive).isEqualTo(Duration.ofSeconds(1));
		assertThat(joined.retry).isEqualTo(Duration.ofSeconds(3));
		assertThat(joined.sendRetry).isTrue();
		assertThat(joined.headers).containsOnly(Map.entry("X-A", List.of("given")),
				Map.entry("X-B", List.of("default")));
		assertThat(joined.state).isEqualTo("given");
		assertThat(given.values().retry).isNull();
	}

	@Test
	void builderOfOptionsLeavesThemAsTheyAre() {
		SessionOptions<Object> options = SessionOptions.builder().header("X-A", "1").noRetry().build();
		SessionOptions.Builder<Object> builder = options.toBuilder();
		builder.header("X-A", "2").retry(Duration.ZERO).status(201);
		assertThat(options.values().headers).containsEntry("X-A", List.of("1"));
		assertThat(options.values().sendRetry).isFalse();
		assertThat(options.values().status).isNull();
	}

	@Test
	void sessionHasTheStateOfItsOptions() {
		Session<String> session = this.engine.connect(SessionOptions.<String>builder().state("first").build())
			.session();
		assertThat(session.getState()).isEqualTo("first");
		session.setState("second");
		assertThat(session.getState()).isEqualTo("second");
	}

	@Test
	void sessionWithoutStateSaysSo() {
		assertThatIllegalStateException().isThrownBy(this.engine.connect().session()::getState)
			.withMessage("The session has no state: none was given with its options, by a SessionStateFactory "
					+ "or by setState.");
	}

	@Test
	void sessionHasAnIdOfItsOwn() {
		assertThat(this.engine.connect().session().getId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
			.isNotEqualTo(this.engine.connect().session().getId());
	}

	@Test
	void sessionHasASerializerOfItsOwn() {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().serializer(DataSerializer.ofText((data) -> "own " + data)).build());
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(client.session());
		client.session().push("a", "n", "1");
		client.session().batch((buffer) -> buffer.push("b", "n", "2"));
		news.broadcast("c", "n");
		this.engine.awaitDelivery();
		assertThat(Wire.masked(client.received())).isEqualTo("event: n\nid: 1\ndata: own a\n\n"
				+ "event: n\nid: 2\ndata: own b\n\n" + "event: n\nid: @1\ndata: c\n\n");
	}

}
