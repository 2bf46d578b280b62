package io.github.bettersse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.ConnectionScript.Call;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A comment keeps an idle stream alive; only an idle one.
 */
class KeepAliveTests {

	private static final String COMMENT = ":\n\n";

	private static final String HEARTBEAT = "event: ping\ndata: \n\n";

	private static final Duration INTERVAL = Duration.ofSeconds(10);

	private static final Duration NANO = Duration.ofNanos(1);

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final TestClient<Object> client = connect(INTERVAL);

	@Test
	void idleStreamGetsACommentOncePerInterval() {
		this.engine.timer.advance(INTERVAL.minus(NANO));
		assertThat(this.client.received()).isEmpty();
		this.engine.timer.advance(NANO);
		assertThat(this.client.received()).isEqualTo(COMMENT);
		this.engine.timer.advance(INTERVAL.minus(NANO));
		assertThat(this.client.received()).isEqualTo(COMMENT);
		this.engine.timer.advance(NANO);
		assertThat(this.client.received()).isEqualTo(COMMENT.repeat(2));
		this.engine.timer.advance(INTERVAL.multipliedBy(10));
		assertThat(this.client.received()).isEqualTo(COMMENT.repeat(12));
	}

	@Test
	void intervalBeginsWithTheLastWrite() {
		this.engine.timer.advance(Duration.ofSeconds(5));
		this.client.session().push(Wire.event("a"));
		this.engine.timer.advance(INTERVAL.minus(NANO));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		this.engine.timer.advance(NANO);
		assertThat(this.client.received()).isEqualTo(Wire.of("a") + COMMENT);
	}

	@Test
	void busyStreamGetsNoComment() {
		for (int i = 0; i < 20; i++) {
			this.engine.timer.advance(INTERVAL.minus(NANO));
			this.client.session().push(Wire.event("a"));
		}
		assertThat(this.client.received()).isEqualTo(Wire.of("a").repeat(20));
	}

	@Test
	void heartbeatIsAnEventInPlaceOfTheComment() {
		TestClient<Object> other = this.engine
			.connect(SessionOptions.builder().keepAlive(INTERVAL).heartbeatEvent("ping").build());
		List<SseEvent> pushed = new ArrayList<>();
		other.session().onPush(pushed::add);
		other.session().push(Wire.event("a"));
		this.engine.timer.advance(INTERVAL.multipliedBy(2));
		assertThat(other.received()).isEqualTo(Wire.of("a") + HEARTBEAT.repeat(2));
		assertThat(other.session().getLastEventId()).isEqualTo("a");
		assertThat(pushed).hasSize(1);
		assertThat(this.client.received()).isEqualTo(COMMENT.repeat(2));
	}

	@Test
	void heartbeatComesAlsoWhenTheClientIsToldItsPosition() {
		TestClient<Object> other = this.engine
			.connect(SessionOptions.builder().keepAlive(INTERVAL).heartbeatEvent("ping").build());
		Channel<Void, Object> news = this.engine.channels.channel("news",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).build());
		news.register(other.session());
		news.broadcast(SseEvent.raw("not for you"), (session) -> false);
		this.engine.awaitDelivery();
		String before = other.received();
		this.engine.timer.advance(INTERVAL);
		this.engine.awaitDelivery();
		assertThat(other.received().substring(before.length()))
			.isEqualTo("event: stream-cursor\nid: " + news.getPosition() + "\ndata: \n\n" + HEARTBEAT);
	}

	@Test
	void streamWithoutKeepAliveGetsNoComment() {
		TestClient<Object> other = connect(Duration.ZERO);
		this.engine.timer.advance(Duration.ofDays(1));
		assertThat(other.received()).isEmpty();
	}

	@Test
	void stalledStreamGetsNoComment() {
		this.client.connection().fill();
		this.client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofSeconds(29));
		this.client.connection().drain();
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
	}

	@Test
	void stalledStreamWithoutTimeoutGetsNoComment() {
		TestClient<Object> other = this.engine
			.connect(SessionOptions.builder().keepAlive(INTERVAL).writeTimeout(Duration.ZERO).build());
		other.connection().fill();
		other.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofHours(1));
		other.connection().drain();
		assertThat(other.received()).isEqualTo(Wire.of("a"));
		this.engine.timer.advance(INTERVAL);
		assertThat(other.received()).isEqualTo(Wire.of("a") + COMMENT);
	}

	@Test
	void streamThatHasStalledGetsACommentAgainAnIntervalAfterItsLastWrite() {
		this.engine.timer.advance(Duration.ofSeconds(5));
		this.client.connection().fill();
		this.client.session().push(Wire.event("a"));
		this.engine.timer.advance(Duration.ofSeconds(7));
		this.client.connection().drain();
		this.engine.timer.advance(INTERVAL.minus(NANO));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
		this.engine.timer.advance(NANO);
		assertThat(this.client.received()).isEqualTo(Wire.of("a") + COMMENT);
	}

	@Test
	void commentThatTheSocketDoesNotTakeIsTheOnlyOneAndStartsTheTimeout() {
		this.client.connection().fill();
		this.engine.timer.advance(Duration.ofSeconds(39));
		assertThat(this.client.session().isConnected()).isTrue();
		this.client.connection().drain();
		assertThat(this.client.received()).isEqualTo(COMMENT);
		this.client.connection().fill();
		this.engine.timer.advance(Duration.ofSeconds(40));
		assertThat(this.client.session().isConnected()).isFalse();
	}

	@Test
	void commentFindsOutThatTheClientHasGone() {
		this.client.connection().fail(Call.WRITE, new IOException("broken pipe"));
		this.engine.timer.advance(INTERVAL);
		assertThat(this.client.session().isConnected()).isFalse();
		assertThat(this.engine.timer.getTaskCount()).isZero();
	}

	@Test
	void commentIsNoEvent() {
		this.client.session().push(Wire.event("a"));
		this.engine.timer.advance(INTERVAL);
		assertThat(this.client.session().getLastEventId()).isEqualTo("a");
	}

	@Test
	void closedStreamGetsNoComment() {
		this.client.connection().fill();
		this.client.session().push(Wire.event("a")).close();
		this.engine.timer.advance(Duration.ofMillis(500));
		this.client.connection().drain();
		this.engine.timer.advance(Duration.ofHours(1));
		assertThat(this.client.received()).isEqualTo(Wire.of("a"));
	}

	private TestClient<Object> connect(Duration keepAlive) {
		return this.engine.connect(SessionOptions.builder().keepAlive(keepAlive).build());
	}

}
