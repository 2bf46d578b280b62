package io.github.bettersse.container;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that do not read, beside others that do.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#all")
class SlowReaderTests extends ContainerTests {

	private static final String LARGE = "x".repeat(16 * 1024);

	SlowReaderTests(Combination combination) throws IOException {
		super(combination);
	}

	@Test
	void clientThatDoesNotReadIsCutAfterTheWriteTimeout() throws Exception {
		OpenStream slow = open("/impatient");
		Session<?> session = this.streams.nextSession();
		session.push("x".repeat(this.client.moreThanItTakesUnread()));
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
		awaitStreams(0);
		slow.awaitCut();
	}

	@Test
	void clientThatDoesNotReadIsCutWhenItsQueueIsFull() throws Exception {
		OpenStream slow = open("/small-queue");
		Session<?> session = this.streams.nextSession();
		fill(session);
		String mostOfTheBound = "x".repeat(1536 * 1024);
		session.push(mostOfTheBound).push(mostOfTheBound);
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.OVERFLOW);
		awaitStreams(0);
		slow.awaitCut();
	}

	@Test
	void othersGetAllWhileOneDoesNotRead() throws Exception {
		OpenStream slow = open("/impatient");
		OpenStream first = open("/news");
		OpenStream second = open("/news");
		int events = this.client.moreThanItTakesUnread() / LARGE.length();
		for (int i = 0; i < events; i++) {
			this.streams.news().broadcast(SseEvent.raw(LARGE).id("" + i));
			assertThat(first.nextEvent().lastEventId()).isEqualTo("" + i);
			assertThat(second.nextEvent().lastEventId()).isEqualTo("" + i);
		}
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
		awaitStreams(2);
		slow.awaitCut();
		this.streams.news().broadcast(SseEvent.of("still there").id("last"));
		assertThat(first.nextEvent().lastEventId()).isEqualTo("last");
		assertThat(second.nextEvent().lastEventId()).isEqualTo("last");
	}

	@Test
	void sourceIsPulledOnlyAsTheClientReads() throws Exception {
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		int events = 2 * this.client.moreThanItTakesUnread() / LARGE.length();
		AtomicInteger pulled = new AtomicInteger();
		CompletableFuture<Void> sent = session
			.iterate(Stream.generate(pulled::incrementAndGet).limit(events).map((i) -> SseEvent.raw(LARGE).id("" + i)));
		assertThat(stream.nextEvent().lastEventId()).isEqualTo("1");
		assertThat(sent).isNotDone();
		assertThat(pulled).hasValueLessThan(events);
		for (int i = 2; i <= events; i++) {
			assertThat(stream.nextEvent().lastEventId()).isEqualTo("" + i);
		}
		sent.get(10, TimeUnit.SECONDS);
		assertThat(pulled).hasValue(events);
	}

	@Test
	void closeOfAClientThatDoesNotReadIsNotForever() throws Exception {
		OpenStream slow = open("/stream");
		Session<?> session = this.streams.nextSession();
		fill(session);
		session.close();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLOSED);
		awaitStreams(0);
		slow.awaitCut();
	}

}
