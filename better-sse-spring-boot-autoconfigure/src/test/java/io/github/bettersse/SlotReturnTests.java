package io.github.bettersse;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The place of a session comes back once, whatever ends the session.
 */
class SlotReturnTests {

	private static final int LIMIT = 5;

	private boolean broken;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder
		.limits(SseLimits.none().maxSessions(LIMIT).maxSessionsPerUser(LIMIT).maxSessionsPerAddress(LIMIT))
		.userNameResolver((handshake) -> "ann")
		.sessionContext(this::capture)
		.sessionDefaults(SessionOptions.builder().noRetry().maxQueueSize(10).build()));

	/** What may end a session that was prepared. */
	enum End {

		REFUSED((engine, client) -> client.opening().refuse()),

		HANDLER_FAILED((engine, client) -> client.opening().fail(new IllegalStateException("early"))),

		HANDLER_FAILED_LATE((engine, client) -> {
			client.session().push("a");
			client.opening().fail(new IllegalStateException("late"));
			assertThat(engine.log.takeWarnings()).hasSize(1);
		}),

		CLOSED((engine, client) -> {
			client.opening().complete();
			client.session().close();
		}),

		CLOSED_IN_HANDLER((engine, client) -> {
			client.session().close();
			client.opening().complete();
		}),

		DISCONNECTED((engine, client) -> {
			client.opening().complete();
			client.session().disconnect();
		}),

		VANISHED((engine, client) -> {
			client.opening().complete();
			client.connection().vanish(null);
			client.session().close();
		}),

		GONE_BEFORE_THE_HEAD((engine, client) -> {
			client.connection().fail(ConnectionScript.Call.FLUSH, new IOException("gone"));
			client.opening().complete();
		}),

		NOT_STARTED((engine, client) -> {
			client.connection().fail(ConnectionScript.Call.START, new IOException("gone"));
			client.opening().complete();
		}),

		WRITE_FAILED((engine, client) -> {
			client.opening().complete();
			client.connection().fail(ConnectionScript.Call.WRITE, new IOException("gone"));
			client.session().push("a");
		}),

		NOT_READING((engine, client) -> {
			client.opening().complete();
			client.connection().fill();
			client.session().push("a");
			engine.timer.advance(Duration.ofMinutes(1));
		}),

		TOO_SLOW_TO_CLOSE((engine, client) -> {
			client.opening().complete();
			client.connection().fill();
			client.session().push("a").close();
			engine.timer.advance(Duration.ofSeconds(1));
		}),

		SHUT_DOWN((engine, client) -> {
			client.opening().complete();
			engine.engine.stop();
			engine.engine.start();
		}),

		SHUT_DOWN_IN_HANDLER((engine, client) -> {
			((DefaultSession<?>) client.session()).outlet().end(DisconnectReason.SHUTDOWN, null);
			client.opening().complete();
		}),

		SOURCE_FAILED((engine, client) -> assertThatIllegalStateException().isThrownBy(() -> {
			try {
				client.opening().stream((Iterable<?>) () -> {
					throw new IllegalStateException("broken");
				});
			}
			catch (IllegalStateException ex) {
				client.opening().fail(ex);
				throw ex;
			}
		}));

		private final BiConsumer<TestEngine, TestClient<Object>> action;

		End(BiConsumer<TestEngine, TestClient<Object>> action) {
			this.action = action;
		}

	}

	@ParameterizedTest
	@EnumSource
	void aPlaceComesBackOnce(End end) {
		for (int i = 0; i < 2 * LIMIT; i++) {
			TestClient<Object> client = this.engine.prepare(handshake(), SessionOptions.builder().build());
			assertThat(client.session().isConnected()).as("session %d", i).isTrue();
			assertThat(taken()).isEqualTo(1);
			end.action.accept(this.engine, client);
			assertThat(taken()).as("after session %d", i).isZero();
		}
		assertAllAreFree();
	}

	@Test
	void aSessionThatCannotBeMadeTakesNoPlace() {
		this.broken = true;
		for (int i = 0; i < 2 * LIMIT; i++) {
			assertThatIllegalStateException()
				.isThrownBy(() -> this.engine.prepare(handshake(), SessionOptions.builder().build()))
				.withMessage("broken");
			assertThat(taken()).isZero();
		}
		this.broken = false;
		assertAllAreFree();
	}

	private Executor capture(Session<?> session) {
		if (this.broken) {
			throw new IllegalStateException("broken");
		}
		return Runnable::run;
	}

	@Test
	void aPlaceThatWasFreedTwiceIsOne() {
		SessionSlot slot = this.engine.parts().slots().take("ann", "1");
		this.engine.parts().slots().take("ann", "1");
		slot.free();
		slot.free();
		assertThat(taken()).isEqualTo(1);
	}

	@Test
	void whoSeesTheEndOfAStreamFindsItsPlaceFree() {
		TestClient<Object> client = this.engine.prepare(handshake(), SessionOptions.builder().build());
		client.opening().complete();
		AtomicInteger takenAtTheEnd = new AtomicInteger(-1);
		client.connection().during(ConnectionScript.Call.CLOSE, () -> takenAtTheEnd.set(taken()));
		client.session().close();
		assertThat(takenAtTheEnd).hasValue(0);
	}

	@Test
	void neverMoreThanAllowedAndAllFreeInTheEnd() {
		AtomicInteger most = new AtomicInteger();
		IntStream.range(0, 4)
			.mapToObj((thread) -> this.engine.start(() -> comeAndGo(new Random(thread), most)))
			.toList()
			.forEach(TestEngine::join);
		assertThat(most).hasValueBetween(1, LIMIT);
		this.engine.log.takeWarnings();
		assertAllAreFree();
	}

	private void comeAndGo(Random random, AtomicInteger most) {
		for (int i = 0; i < 500; i++) {
			RecordingConnection connection = new RecordingConnection(handshake());
			SessionOpening<Object> opening = this.engine.engine.getSessionFactory()
				.prepare(connection, SessionOptions.builder().build());
			most.accumulateAndGet(taken(), Math::max);
			if (!opening.getSession().isConnected()) {
				continue;
			}
			switch (random.nextInt(4)) {
				case 0 -> opening.refuse();
				case 1 -> {
					opening.complete();
					opening.getSession().close();
				}
				case 2 -> {
					opening.complete();
					this.engine.start(() -> connection.vanish(null));
					opening.getSession().close();
				}
				default -> {
					connection.fail(ConnectionScript.Call.OPEN, new IOException("gone"));
					opening.complete();
				}
			}
		}
	}

	private void assertAllAreFree() {
		TestEngine.await().until(() -> taken() == 0);
		LimitUsage usage = this.engine.engine.getLimits();
		assertThat(usage.greatestUserCount()).isZero();
		assertThat(usage.greatestAddressCount()).isZero();
		for (int i = 0; i < LIMIT; i++) {
			assertThat(this.engine.prepare(handshake(), SessionOptions.builder().build()).session().isConnected())
				.isTrue();
		}
		assertThat(this.engine.prepare(handshake(), SessionOptions.builder().build()).session().isConnected())
			.isFalse();
		assertThat(this.engine.log.takeWarnings()).hasSizeLessThanOrEqualTo(1);
	}

	private int taken() {
		return this.engine.engine.getLimits().sessionCount();
	}

	private static Handshake handshake() {
		return Handshake.builder("GET", URI.create("/sse")).remoteAddress("1").build();
	}

}
