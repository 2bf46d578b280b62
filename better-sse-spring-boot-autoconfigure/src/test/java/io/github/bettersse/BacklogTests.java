package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Publishers that are faster than the delivery threads wait, before anything is appended.
 */
class BacklogTests {

	private static final long LONG = TimeUnit.MINUTES.toNanos(1);

	/** An event that fills the backlog of an engine. */
	private static final SseEvent LARGE = SseEvent.raw("x".repeat(16 * 1024 * 1024)).id("large");

	@RegisterExtension
	private final TestEngine patient = new TestEngine((builder) -> builder.maxWait(Duration.ofMinutes(1)));

	@RegisterExtension
	private final TestEngine impatient = new TestEngine((builder) -> builder.maxWait(Duration.ZERO));

	@Test
	void publisherWaitsForRoomBeforeItsEventHasAPosition() {
		Channel<Void, Object> news = this.patient.channels.channel("news");
		TestClient<Object> client = this.patient.connect();
		news.register(client.session());
		Gate delivery = this.patient.holdDelivery();
		news.broadcast(LARGE);
		String position = news.getPosition();
		Thread publisher = new Thread(() -> news.broadcast(Wire.event("a")));
		publisher.start();
		TestEngine.await().until(() -> publisher.getState() == Thread.State.TIMED_WAITING);
		assertThat(news.getPosition()).isEqualTo(position);
		delivery.open();
		TestEngine.await().until(() -> !publisher.isAlive());
		TestEngine.join(client.session().flush());
		assertThat(client.received()).startsWith("id: large\ndata: x").endsWith("x\n\n" + Wire.of("a"));
	}

	@Test
	void publisherThatMayNotWaitFailsBeforeItsEventHasAPosition() {
		Channel<Void, Object> news = this.impatient.channels.channel("news");
		TestClient<Object> client = this.impatient.connect();
		news.register(client.session());
		Gate delivery = this.impatient.holdDelivery();
		news.broadcast(LARGE);
		String position = news.getPosition();
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> news.broadcast("a"))
			.withMessageMatching("Cannot broadcast: the delivery threads were 167772\\d\\d bytes behind for 0 ms\\.");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> news.broadcastAsync(SseEvent.of("a")));
		assertThat(news.getPosition()).isEqualTo(position);
		delivery.open();
		TestEngine.join(client.session().flush());
		news.broadcast(Wire.event("b"));
		TestEngine.join(client.session().flush());
		assertThat(client.received()).startsWith("id: large\n").endsWith("x\n\n" + Wire.of("b"));
		assertThat(takeWarnings()).singleElement()
			.asString()
			.matches(
					"WARNING The server is saturated and broadcasts fail: the delivery threads were 167772\\d\\d bytes "
							+ "behind for 0 ms\\. Broadcast less, or give the server more processors and "
							+ "better-sse\\.delivery\\.threads\\.");
	}

	/** Both engines hear of all that is logged. */
	private List<String> takeWarnings() {
		this.patient.log.takeWarnings();
		return this.impatient.log.takeWarnings();
	}

	@Test
	void listenersAndFiltersNeverWait() {
		Channel<Void, Object> news = this.impatient.channels.channel("news");
		TestClient<Object> client = this.impatient.connect();
		news.register(client.session());
		Gate delivery = this.impatient.holdDelivery();
		news.broadcast("first", "first", (session) -> {
			news.broadcast(Wire.event("by-filter"));
			return false;
		});
		news.broadcast(LARGE);
		CompletableFuture<Void> listened = new CompletableFuture<>();
		client.session().onConnected(() -> {
			news.broadcast(Wire.event("by-listener"));
			listened.complete(null);
		});
		TestEngine.join(listened);
		CompletableFuture<Void> flushed = client.session()
			.flush()
			.thenRun(() -> news.broadcast(SseEvent.raw("by-stage").id("by-stage")));
		delivery.open();
		TestEngine.join(flushed);
		TestEngine.join(client.session().flush());
		TestEngine.join(client.session().flush());
		assertThat(client.received().lines().filter((line) -> line.startsWith("id: ")))
			.containsExactlyInAnyOrder("id: large", "id: by-filter", "id: by-listener", "id: by-stage");
	}

	@Test
	void slowReaderDoesNotCount() {
		Channel<Void, Object> news = this.impatient.channels.channel("news");
		TestClient<Object> client = this.impatient.connect();
		news.register(client.session());
		client.connection().fill();
		news.broadcast(LARGE);
		TestEngine.await()
			.ignoreExceptionsInstanceOf(SseException.class)
			.untilAsserted(() -> news.broadcast(SseEvent.empty().comment("passes"), (session) -> false));
		assertThat(client.received()).isEmpty();
		assertThat(takeWarnings()).hasSizeLessThanOrEqualTo(1);
	}

	@Test
	void roomIsThereBelowTheBound() {
		Backlog backlog = new Backlog(100, 0, new ManualTimer());
		backlog.awaitRoom();
		backlog.add(99);
		backlog.awaitRoom();
		backlog.add(1);
		assertThatExceptionOfType(SseException.class).isThrownBy(backlog::awaitRoom);
		LibraryThread.run(backlog::awaitRoom);
		backlog.remove(1);
		backlog.awaitRoom();
		assertThat(takeWarnings()).hasSize(1);
	}

	@Test
	void allWhoWaitGoOnWhenThereIsRoom() {
		Backlog backlog = new Backlog(100, LONG, new ManualTimer());
		backlog.add(150);
		Thread first = new Thread(backlog::awaitRoom);
		Thread second = new Thread(backlog::awaitRoom);
		first.start();
		second.start();
		TestEngine.await()
			.until(() -> first.getState() == Thread.State.TIMED_WAITING
					&& second.getState() == Thread.State.TIMED_WAITING);
		backlog.remove(51);
		TestEngine.await().until(() -> !first.isAlive() && !second.isAlive());
	}

	@Test
	void whoIsInterruptedStopsToWait() {
		Backlog backlog = new Backlog(100, LONG, new ManualTimer());
		backlog.add(100);
		Future<Boolean> waiting = this.patient.start(() -> {
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(SseException.class).isThrownBy(backlog::awaitRoom)
				.withMessage("Cannot broadcast: interrupted while waiting for the delivery threads.");
			return Thread.interrupted();
		});
		assertThat(TestEngine.join(waiting)).isTrue();
	}

}
