package io.github.bettersse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Items are pushed one after the other, pulled where they may block.
 */
class IterateTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	@Test
	void itemsOfAnIterableAreIterations() {
		TestEngine.join(this.session.iterate(Arrays.asList("a", null, 1)));
		assertThat(Wire.masked(this.client.received())).isEqualTo("event: iteration\nid: ~\ndata: a\n\n"
				+ "event: iteration\nid: ~\ndata: null\n\nevent: iteration\nid: ~\ndata: 1\n\n");
	}

	@Test
	void itemsOfAnIteratorAreIterations() {
		TestEngine.join(this.session.iterate(List.of("a", "b").iterator()));
		assertThat(Wire.masked(this.client.received()))
			.isEqualTo("event: iteration\nid: ~\ndata: a\n\nevent: iteration\nid: ~\ndata: b\n\n");
	}

	@Test
	void itemsOfAStreamAreIterations() {
		TestEngine.join(this.session.iterate(Stream.of("a", "b")));
		assertThat(Wire.masked(this.client.received()))
			.isEqualTo("event: iteration\nid: ~\ndata: a\n\nevent: iteration\nid: ~\ndata: b\n\n");
	}

	@Test
	void itemsHaveTheGivenName() {
		TestEngine.join(this.session.iterate(List.of("a"), "one"));
		TestEngine.join(this.session.iterate(List.of("b").iterator(), "two"));
		TestEngine.join(this.session.iterate(Stream.of("c"), "message"));
		assertThat(Wire.masked(this.client.received()))
			.isEqualTo("event: one\nid: ~\ndata: a\n\nevent: two\nid: ~\ndata: b\n\nid: ~\ndata: c\n\n");
	}

	@Test
	void eventsAreSentAsTheyAre() {
		SseEvent event = SseEvent.raw("a").name("own").id("7");
		TestEngine.join(this.session.iterate(List.of(Wire.event("a"), event), "other"));
		assertThat(this.client.received()).isEqualTo(Wire.of("a") + "event: own\nid: 7\ndata: a\n\n");
		assertThat(this.session.getLastEventId()).isEqualTo("7");
	}

	@Test
	void noItemsSendNothing() {
		TestEngine.join(this.session.iterate(List.of()));
		TestEngine.join(this.session.iterate(Stream.empty()));
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void itemsArePulledOnTheTaskExecutor() {
		TestItems items = TestItems.numbers(10_000);
		List<String> openers = Collections.synchronizedList(new ArrayList<>());
		Iterable<Object> source = () -> {
			openers.add(Thread.currentThread().getName());
			return items;
		};
		TestEngine.join(this.session.iterate(source));
		assertThat(openers).containsExactly(TestEngine.LISTENER_THREAD);
		assertThat(items.threads()).containsExactly(TestEngine.LISTENER_THREAD);
		assertThat(this.client.received()).isEqualTo(numbers(10_000));
	}

	@Test
	void futureCompletesOnTheTaskExecutorWhenTheSocketHasTakenAll() {
		this.client.connection().fill();
		TestItems items = TestItems.numbers(3);
		CompletableFuture<Void> done = this.session.iterate(items);
		Future<String> thread = done.thenApply((nothing) -> Thread.currentThread().getName());
		items.awaitPulled(3);
		assertThat(done).isNotDone();
		this.client.connection().drain();
		assertThat(TestEngine.join(thread)).isEqualTo(TestEngine.LISTENER_THREAD);
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2", "3"));
	}

	@Test
	void itemsAreToldToPushListeners() {
		List<SseEvent> pushed = Collections.synchronizedList(new ArrayList<>());
		this.session.onPush(pushed::add);
		TestEngine.join(this.session.iterate(List.of(Wire.event("a"), "b")));
		assertThat(pushed).extracting(SseEvent::getData).containsExactly("a", "b");
		assertThat(pushed).extracting(SseEvent::getName).containsExactly(null, "iteration");
	}

	@Test
	void itemsComeBehindWhatTheSameThreadHasSentBefore() {
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(this.session);
		Gate delivery = this.engine.holdDelivery();
		this.client.connection().fill();
		this.session.push(Wire.event("a"));
		this.client.connection().drain();
		news.broadcast(Wire.event("b"));
		CompletableFuture<Void> done = this.session.iterate(List.of(Wire.event("c")));
		delivery.open();
		TestEngine.join(done);
		assertThat(this.client.received()).isEqualTo(Wire.of("a", "b", "c"));
	}

	@Test
	void eachSenderKeepsItsOrder() {
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(this.session);
		List<Future<?>> senders = new ArrayList<>();
		senders.add(this.session.iterate(sequence("a")));
		senders.add(this.session.iterate(sequence("b").iterator()));
		senders.add(this.engine.start(() -> sequence("c").forEach(this.session::push)));
		senders.add(this.engine.start(() -> sequence("d").forEach(news::broadcast)));
		senders.forEach(TestEngine::join);
		this.engine.awaitDelivery();
		TestEngine.join(this.session.flush());
		String received = this.client.received();
		for (String sender : List.of("a", "b", "c", "d")) {
			assertThat(received.lines().filter((line) -> line.startsWith("data: " + sender))).containsExactlyElementsOf(
					sequence(sender).stream().map((event) -> "data: " + event.getData()).toList());
		}
	}

	@Test
	void endedSessionTakesNoSourceAndGivesItBack() {
		this.session.close();
		TestItems items = TestItems.numbers(1);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.iterate(items))
			.withMessage("Cannot push data to a non-active session.");
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isZero();
	}

	@Test
	void nameThatIsNoneIsRefusedAndTheSourceGivenBack() {
		TestItems items = TestItems.numbers(1);
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.iterate(items, "a\nb"));
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isZero();
	}

	@Test
	void sourcesThatHaveEndedLeaveNothingBehind() {
		for (int i = 0; i < 2000; i++) {
			TestEngine.join(this.session.iterate(List.of()));
		}
		SessionListeners listeners = ((DefaultSession<Object>) this.session).outlet().listeners();
		TestEngine.await()
			.until(() -> (Collection<?>) ReflectionTestUtils.getField(listeners, "disconnected"), Collection::isEmpty);
	}

	private static List<SseEvent> sequence(String name) {
		return Stream.iterate(0, (number) -> number + 1).limit(500).map((number) -> Wire.event(name + number)).toList();
	}

	private static String numbers(int count) {
		StringBuilder all = new StringBuilder();
		for (int number = 1; number <= count; number++) {
			all.append(Wire.of(Integer.toString(number)));
		}
		return all.toString();
	}

}
