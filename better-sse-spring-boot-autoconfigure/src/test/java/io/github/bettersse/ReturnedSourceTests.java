package io.github.bettersse;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a handler returns is streamed, then the session is closed.
 */
class ReturnedSourceTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = this.engine.prepare();

	private final Session<Object> session = this.client.session();

	static Stream<Named<Object>> sources() {
		Object a = "a";
		Object b = Wire.event("b");
		return Stream.of(Named.of("iterable", List.of(a, b)), Named.of("iterator", List.of(a, b).iterator()),
				Named.of("stream", Stream.of(a, b)),
				Named.of("publisher", new TestPublisher().emit(a).emit(b).complete()),
				Named.of("stage of an iterable", CompletableFuture.completedFuture(List.of(a, b))),
				Named.of("stage of a stage of a publisher", CompletableFuture.completedFuture(
						CompletableFuture.completedStage(new TestPublisher().emit(a).emit(b).complete()))));
	}

	static Stream<Named<Object>> emptySources() {
		return Stream.of(Named.of("iterable", List.of()), Named.of("iterator", List.of().iterator()),
				Named.of("stream", Stream.empty()), Named.of("publisher", new TestPublisher().complete()),
				Named.of("stage of null", CompletableFuture.completedFuture(null)),
				Named.of("stage of an iterable", CompletableFuture.completedFuture(List.of())));
	}

	@ParameterizedTest
	@MethodSource("sources")
	void itemsAreMessagesAndThenTheStreamEnds(Object source) throws Exception {
		this.client.opening().stream(source);
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(Wire.masked(this.client.received())).isEqualTo("id: ~\ndata: a\n\n" + Wire.of("b"));
	}

	@ParameterizedTest
	@NullSource
	@MethodSource("emptySources")
	void noItemsAreAStreamThatEnds(Object source) throws Exception {
		this.client.opening().stream(source);
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(calls()).containsExactly("open 200", "flush", "start", "close");
	}

	@Test
	void itemIsAMessage() throws Exception {
		this.client.opening().stream("a");
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(Wire.masked(this.client.received())).isEqualTo("id: ~\ndata: a\n\n");
	}

	@Test
	void stageOfAnItemIsAMessage() throws Exception {
		this.client.opening().stream(CompletableFuture.completedStage(Wire.event("a")));
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a"));
	}

	@Test
	void nullIsAnItemLikeOthers() throws Exception {
		this.client.opening().stream(Arrays.asList(null, "a", null));
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(Wire.masked(this.client.received()))
			.isEqualTo("id: ~\ndata: null\n\nid: ~\ndata: a\n\nid: ~\ndata: null\n\n");
	}

	@Test
	void firstItemIsTakenByTheHandlerAndTheOthersAreNot() throws Exception {
		TestItems items = TestItems.numbers(1000);
		this.client.connection().during(Call.OPEN, () -> assertThat(items.pulled()).isOne());
		this.client.opening().stream(items);
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		assertThat(items.threads()).containsExactlyInAnyOrder(Thread.currentThread().getName(),
				TestEngine.LISTENER_THREAD);
		assertThat(items.closed()).isOne();
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(this.client.received()).startsWith(Wire.of("1", "2", "3")).endsWith(Wire.of("999", "1000"));
	}

	@Test
	void publisherIsSubscribedByTheHandlerAndAskedLater() throws Exception {
		TestPublisher publisher = new TestPublisher().emit(Wire.event("a"));
		this.client.connection().during(Call.OPEN, () -> assertThat(publisher.requests()).isEmpty());
		this.client.opening().stream(publisher);
		this.client.awaitReceived(Wire.of("a"));
		assertThat(publisher.threads()).containsOnly(TestEngine.LISTENER_THREAD);
		assertThat(this.session.isConnected()).isTrue();
		publisher.emit(Wire.event("b")).complete();
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void submissionPublisherIsStreamed() throws Exception {
		try (SubmissionPublisher<Object> publisher = new SubmissionPublisher<>()) {
			this.client.opening().stream(publisher);
			publisher.submit(Wire.event("a"));
			publisher.submit(Wire.event("b"));
		}
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void headLeavesBeforeAPublisherHasAnything() throws Exception {
		this.client.opening().stream(new TestPublisher());
		assertThat(calls()).containsExactly("open 200", "flush", "start");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void headLeavesBeforeAStageIsDone() throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		this.client.opening().stream(stage);
		assertThat(calls()).containsExactly("open 200", "flush", "start");
		stage.complete(List.of(Wire.event("a"), Wire.event("b")));
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void stageThatIsDoneLaterIsStreamedOnTheTaskExecutor() throws Exception {
		CompletableFuture<Object> stage = new CompletableFuture<>();
		TestItems items = TestItems.numbers(2);
		this.client.opening().stream(stage);
		stage.complete(items);
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		assertThat(items.threads()).containsExactly(TestEngine.LISTENER_THREAD);
	}

	@Test
	void itemsComeBehindWhatTheHandlerHasPushed() throws Exception {
		this.session.push(Wire.event("a"));
		this.client.opening().stream(List.of(Wire.event("b")));
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a", "b"));
	}

	@Test
	void broadcastsComeBetweenTheItems() throws Exception {
		Channel<Void, Object> news = this.engine.channels.channel("news");
		news.register(this.session);
		TestPublisher publisher = new TestPublisher();
		this.client.opening().stream(publisher.emit(Wire.event("a")));
		this.client.awaitReceived(Wire.of("a"));
		news.broadcast(Wire.event("b"));
		this.engine.awaitDelivery();
		publisher.emit(Wire.event("c")).complete();
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		this.client.awaitReceived(Wire.of("a", "b", "c"));
	}

	@Test
	void streamEndsOnlyWhenTheSocketHasTakenTheLastItem() throws Exception {
		this.client.connection().during(Call.START, this.client.connection()::fill);
		TestItems items = TestItems.numbers(2);
		this.client.opening().stream(items);
		TestEngine.await().until(() -> items.pulled() == 2);
		assertThat(this.session.isConnected()).isTrue();
		this.client.connection().drain();
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		TestEngine.await().until(() -> calls().contains("close"));
		assertThat(this.client.received()).isEqualTo(Wire.of("1", "2"));
	}

	@Test
	void sourceIsHeldByASlowReader() throws Exception {
		this.client.connection().during(Call.START, this.client.connection()::fill);
		TestItems items = new TestItems(1000, (number) -> Wire.event("x".repeat(500)));
		this.client.opening().stream(items);
		int fit = 64 * 1024 / Wire.of("x".repeat(500)).length();
		items.awaitPulled(fit + 1);
		this.client.connection().drain();
		assertThat(reason()).isEqualTo(DisconnectReason.CLOSED);
		assertThat(items.pulled()).isEqualTo(1000);
	}

	@Test
	void sourceThatIsReturnedWithAClosedSessionIsGivenBack() throws Exception {
		AtomicInteger closed = new AtomicInteger();
		this.session.close();
		this.client.opening().stream(Stream.of("a").onClose(closed::incrementAndGet));
		TestEngine.await().until(() -> closed.get() == 1);
		assertThat(this.client.received()).isEmpty();
		assertThat(calls()).last().isEqualTo("close");
	}

	@Test
	void sourceThatIsReturnedAfterTheOpeningIsOverIsGivenBack() throws Exception {
		TestItems items = TestItems.numbers(1);
		this.client.opening().refuse();
		this.client.opening().stream(items);
		assertThat(items.closed()).isOne();
		assertThat(items.pulled()).isZero();
	}

	private DisconnectReason reason() {
		CompletableFuture<DisconnectReason> reason = new CompletableFuture<>();
		this.session.onDisconnected(reason::complete);
		return TestEngine.join(reason);
	}

	private List<String> calls() {
		return this.client.connection().calls();
	}

}
