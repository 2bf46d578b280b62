package io.github.bettersse.test;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.History;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Sessions and channels without a server.
 */
class TestSessionsTests {

	private final TestSessions sessions = new TestSessions(DataSerializer.ofText(String::valueOf),
			(engine) -> engine.sessionDefaults(SessionOptions.builder().retry(Duration.ofSeconds(3)).build()));

	private final Channel<Void, Object> news = this.sessions.getChannelRegistry().channel("news");

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void sessionGetsWhatIsSent() {
		TestSession<Object> session = this.sessions.open();
		this.news.register(session.getSession());
		this.news.broadcast("a", "letter");
		session.getSession().push(SseEvent.of("b").id("1").comment("c"));
		assertThat(session).receives("letter", "a")
			.receives("message", "b")
			.hasNothingMore()
			.hasEventCount(2)
			.hasLastEventId("1")
			.hasRetry(Duration.ofSeconds(3))
			.isOpen();
		assertThat(session.getComments()).containsExactly("c");
		assertThat(session.getConnection().getHead().status()).isEqualTo(200);
		assertThat(session.getText()).startsWith("retry: 3000\n\nevent: letter\nid: ");
	}

	@Test
	void handlerRunsBeforeTheSessionOpens() {
		TestSession<String> session = this.sessions.prepare(TestSessions.handshake().build(),
				SessionOptions.<String>builder().state("state").build());
		this.news.register(session.getSession());
		assertThat(this.news.getSessionCount()).isZero();
		assertThatNullPointerException().isThrownBy(session.getConnection()::getHead);
		assertThatIllegalStateException().isThrownBy(session.getConnection()::vanish);
		session.complete();
		assertThat(this.news.getSessionCount()).isOne();
		assertThat(session.getSession().getState()).isEqualTo("state");
	}

	@Test
	void refusedSessionNeverOpens() throws InterruptedException {
		TestSession<Object> session = this.sessions.prepare(TestSessions.handshake().build(),
				SessionOptions.builder().build());
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		session.getSession().onDisconnected(reasons::add);
		session.refuse();
		assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.REFUSED);
		assertThat(session.getText()).isEmpty();
	}

	@Test
	void sessionIsThatOfAUser() {
		TestSession<Object> session = this.sessions.open("ada");
		this.sessions.getChannelRegistry().user("ada").broadcast("hello");
		assertThat(session).receivesData("hello");
	}

	@Test
	void clientVanishes() throws InterruptedException {
		BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();
		TestSession<Object> session = this.sessions.open();
		session.getSession().onDisconnected(reasons::add);
		session.getConnection().vanish();
		assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_GONE);
		assertThat(session).ends();
	}

	@Test
	void clientDoesNotRead() {
		TestSession<Object> session = this.sessions.open();
		session.getConnection().stall();
		session.getSession().push(SseEvent.of("late").id("1"));
		assertThat(session).hasText("retry: 3000\n\n");
		session.getConnection().resume();
		assertThat(session).receivesData("late");
	}

	@Test
	void serverEndsTheSession() {
		TestSession<Object> session = this.sessions.open();
		session.getSession().disconnect();
		assertThat(session).receives("disconnect", "null").ends();
		assertThat(session.isEnded()).isTrue();
	}

	@Test
	void cursorIsNoEvent() {
		Channel<Void, Object> past = this.sessions.getChannelRegistry()
			.channel("past", ChannelOptions.<Void, Object>builder().history(History.ofEvents(1)).build());
		TestSession<Object> session = this.sessions.prepare(TestSessions.handshake().build(),
				SessionOptions.builder().build());
		past.register(session.getSession());
		session.complete();
		assertThat(session).hasLastEventId(past.getPosition()).hasNothingMore();
		assertThat(session.getText()).contains("event: stream-cursor\n");
	}

	@Test
	void eventThatDoesNotComeFailsTheTestAndShowsWhatCame() {
		TestSession<Object> session = this.sessions.open();
		session.getSession().push("a").close();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> session.nextEvent("b"))
			.withMessageStartingWith("an event 'b' did not come when the stream ended. Received so far:")
			.withMessageContaining("data: a\n");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(session::nextEvent);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(session).isOpen());
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(session).hasEventCount(2));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(session).hasText("x"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(session).hasLastEventId("x"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(session).hasRetry(Duration.ofSeconds(1)));
	}

	@Test
	void otherEventThanExpectedFailsTheTest() {
		TestSession<Object> session = this.sessions.open();
		session.getSession().push("a").push("b").push("c");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(session).as("reader").receives("letter", "a"))
			.withMessageContaining("[reader]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(session).receivesData("c"));
		assertThat(session.nextEvent().data()).isEqualTo("c");
		assertThat(session).events().extracting(EventStreamParser.Event::data).containsExactly("a", "b", "c");
	}

}
