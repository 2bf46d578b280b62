package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Events that are larger than any may be: whoever sends one is told, nobody gets it.
 */
class EventSizeTests {

	/** What fits: {@code data: }, 12 characters, and two line ends. */
	private static final int LIMIT = 20;

	private static final String FITS = "x".repeat(12);

	private static final String TOO_LARGE = "x".repeat(13);

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.limits(SseLimits.none().maxEventSize(LIMIT)));

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	private final Channel<Void, Object> news = this.engine.channels.channel("news", options());

	EventSizeTests() {
		this.news.register(this.session);
		this.engine.awaitDelivery();
	}

	private static ChannelOptions<Void, Object> options() {
		return ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).build();
	}

	@Test
	void aPushFails() {
		String before = this.client.received();
		assertTooLarge(() -> this.session.push(TOO_LARGE));
		assertTooLarge(() -> this.session.push(SseEvent.raw(FITS).comment("")));
		this.session.push(FITS);
		assertThat(this.client.received()).isEqualTo(before + "data: " + FITS + "\n\n");
	}

	@Test
	void aBroadcastFailsAndIsNotKept() {
		String before = this.client.received();
		String position = this.news.getPosition();
		assertTooLarge(() -> this.news.broadcast(TOO_LARGE));
		assertTooLarge(() -> this.news.broadcast(SseEvent.of(TOO_LARGE), (session) -> false));
		assertTooLarge(() -> this.news.broadcastAsync(SseEvent.of(TOO_LARGE)));
		assertThat(this.news.getPosition()).isEqualTo(position);
		this.news.broadcast(FITS);
		this.engine.awaitDelivery();
		assertThat(Wire.masked(this.client.received().substring(before.length())))
			.isEqualTo("id: @1\ndata: " + FITS + "\n\n");
	}

	@Test
	void aBatchFailsWithNothingSent() {
		String before = this.client.received();
		assertTooLarge(() -> this.session.batch((buffer) -> buffer.push("a").push(TOO_LARGE).push("b")));
		assertTooLarge(() -> this.session.batch((buffer) -> buffer.data(FITS).data("b")));
		assertThat(this.client.received()).isEqualTo(before);
		this.session.batch((buffer) -> buffer.push(FITS).push(FITS).push(FITS));
		assertThat(this.client.received()).isEqualTo(before + ("data: " + FITS + "\n\n").repeat(3));
	}

	@Test
	void aBufferForgetsWhatWasCleared() {
		EventBuffer buffer = EventBuffer.using(DataSerializer.ofText(Object::toString)).push(TOO_LARGE);
		assertTooLarge(() -> this.session.batch(buffer));
		assertThat(buffer.clear().getLargestEventSize()).isZero();
		this.session.batch(buffer.push("a"));
		assertThat(this.client.received()).endsWith("data: a\n\n");
	}

	@Test
	void aSourceFailsAtTheItem() {
		String before = this.client.received();
		CompletableFuture<Void> done = this.session.iterate(List.of("a", TOO_LARGE, "b"), "");
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> TestEngine.join(done))
			.withMessageStartingWith("Cannot send an event of ");
		assertThat(this.client.received()).isEqualTo(before + "data: a\n\n");
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void whatTheLibrarySaysItselfIsNotBounded() {
		this.session.disconnect();
		assertThat(this.client.received()).endsWith("event: disconnect\nretry: 2147483647\ndata: null\n\n");
	}

	private static void assertTooLarge(Runnable sending) {
		assertThatExceptionOfType(SseException.class).isThrownBy(sending::run)
			.withMessageMatching("Cannot send an event of [0-9]+ bytes: max-event-size is 20\\.");
	}

}
