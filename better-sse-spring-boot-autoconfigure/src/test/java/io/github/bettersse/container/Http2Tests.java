package io.github.bettersse.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Many streams on one connection.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#withHttp2")
class Http2Tests extends ContainerTests {

	private static final int STREAMS = 100;

	private static final int CANCELS = 1000;

	private static final String LARGE = "x".repeat(64 * 1024);

	Http2Tests(Combination combination) throws IOException {
		super(combination);
	}

	@Test
	void oneStreamThatIsNotReadHoldsUpNoneOfTheOthers() throws Exception {
		OpenStream slow = open("/impatient");
		List<OpenStream> others = new ArrayList<>();
		for (int i = 1; i < STREAMS; i++) {
			others.add(open("/news"));
		}
		assertThat(this.client.connectionCount()).isEqualTo(1);
		this.streams.nextSession().push("x".repeat(this.client.moreThanItTakesUnread()));
		for (int i = 0; i < 20; i++) {
			this.streams.news().broadcast(SseEvent.raw(LARGE).id("" + i));
			for (OpenStream other : others) {
				assertThat(other.nextEvent().lastEventId()).isEqualTo("" + i);
			}
		}
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.WRITE_TIMEOUT);
		awaitStreams(others.size());
		slow.awaitCut();
		this.streams.news().broadcast(SseEvent.of("still there").id("last"));
		for (OpenStream other : others) {
			assertThat(other.nextEvent().lastEventId()).isEqualTo("last");
		}
		assertThat(this.client.connectionCount()).isEqualTo(1);
	}

	/**
	 * On several connections: both containers close one on which streams are reset too
	 * fast. Tomcat weighs resets against other frames, Jetty takes 128 of them a second.
	 * Next to nothing is sent meanwhile: okhttp answers that with a second reset, after
	 * which Tomcat 11.0.22 may forget the error that it was about to report, and the
	 * request.
	 */
	@Test
	void eachOfManyCancelsIsNoticed() throws Exception {
		for (int i = 0; i < CANCELS; i += STREAMS) {
			try (StreamClient client = this.server.connect(true)) {
				List<OpenStream> streams = new ArrayList<>();
				for (int stream = 0; stream < STREAMS; stream++) {
					streams.add(client.open("/news"));
				}
				this.streams.news().broadcast(SseEvent.of("x").id("" + i));
				for (OpenStream stream : streams) {
					assertThat(stream.nextEvent().lastEventId()).isEqualTo("" + i);
				}
				streams.forEach(OpenStream::cancel);
				int ended = i + STREAMS;
				await().until(() -> this.streams.endedCount() == ended);
			}
		}
		for (int i = 0; i < CANCELS; i++) {
			assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		}
	}

	/** Nothing is sent meanwhile, as above. */
	@Test
	void connectionThatIsClosedBecauseOfTooManyCancelsLeavesNothing() throws Exception {
		open("/news");
		assertThatIOException().isThrownBy(() -> {
			while (true) {
				open("/news").cancel();
			}
		});
		this.client.close();
		awaitStreams(0);
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
	}

}
