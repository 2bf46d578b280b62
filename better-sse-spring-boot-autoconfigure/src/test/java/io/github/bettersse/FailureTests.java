package io.github.bettersse;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures of the application's own code that come again and again: an operator is warned
 * once a minute, and told how often it happened meanwhile.
 */
class FailureTests {

	private static final String LISTENER = "WARNING A listener has failed";

	private static final String FILTER = "WARNING A filter of channel 'news' has failed; sessions for which it fails do "
			+ "not get the event";

	private static final String EXECUTOR = "WARNING Listeners run elsewhere: their executor has not taken them";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Test
	void listenersThatFailAreLoggedOnceAMinute() {
		this.news.onBroadcast((event) -> {
			throw new IllegalStateException("broken " + event.getData());
		});
		assertWarnedOnceAMinute(() -> this.news.broadcast(Wire.event("a")), LISTENER,
				"IllegalStateException: broken a");
	}

	@Test
	void filtersThatFailAreLoggedOnceAMinute() {
		this.news.register(this.engine.connect().session());
		assertWarnedOnceAMinute(() -> {
			this.news.broadcast(Wire.event("a"), (session) -> {
				throw new IllegalStateException("broken");
			});
			this.engine.awaitDelivery();
		}, FILTER, "IllegalStateException: broken");
	}

	@Test
	void filtersThatFailOnReplayCountToo() {
		Channel<Void, Object> kept = this.engine.channels.channel("kept",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).build());
		for (int i = 0; i < 3; i++) {
			kept.broadcast(Wire.event("a"), (session) -> {
				throw new IllegalStateException("broken");
			});
		}
		TestClient<Object> client = this.engine.prepare();
		kept.register(client.session(), ReplayFrom.all());
		client.opening().complete();
		this.engine.awaitDelivery();
		assertWarned(FILTER.replace("news", "kept"), "IllegalStateException: broken");
		this.engine.timer.advance(Duration.ofMinutes(1));
		kept.broadcast(Wire.event("a"), (session) -> {
			throw new IllegalStateException("again");
		});
		this.engine.awaitDelivery();
		assertWarned(FILTER.replace("news", "kept") + " (and 2 times more since the last warning)",
				"IllegalStateException: again");
	}

	@Test
	void executorsThatTakeNothingAreLoggedOnceAMinute() {
		assertWarnedOnceAMinute(() -> {
			Gate gate = new Gate();
			new SerialExecutor((task) -> {
				throw new RejectedExecutionException("full");
			}, this.engine.parts().failures()).execute(gate::pass);
			gate.awaitArrival().open();
		}, EXECUTOR, "RejectedExecutionException: full");
	}

	@Test
	void oneKindDoesNotHideAnother() {
		this.news.register(this.engine.connect().session());
		this.news.onBroadcast((event) -> {
			throw new IllegalStateException("listener");
		});
		this.news.broadcast(Wire.event("a"), (session) -> {
			throw new IllegalStateException("filter");
		});
		this.engine.awaitDelivery();
		assertThat(this.engine.log.takeWarnings()).containsExactlyInAnyOrder(
				LISTENER + " / java.lang.IllegalStateException: listener",
				FILTER + " / java.lang.IllegalStateException: filter");
	}

	@Test
	void whatIsNotAWarningIsLoggedForWhoLooksCloser() {
		this.news.onBroadcast((event) -> {
			throw new IllegalStateException("broken " + event.getId());
		});
		this.news.broadcast(Wire.event("a"));
		this.news.broadcast(Wire.event("b"));
		assertWarned(LISTENER, "IllegalStateException: broken a");
		assertThat(this.engine.log.messages(Level.FINE))
			.contains("A listener has failed / java.lang.IllegalStateException: broken b");
	}

	private void assertWarnedOnceAMinute(Runnable failure, String warning, String exception) {
		failure.run();
		assertWarned(warning, exception);
		failure.run();
		this.engine.timer.advance(Duration.ofSeconds(59));
		failure.run();
		assertThat(this.engine.log.takeWarnings()).isEmpty();
		this.engine.timer.advance(Duration.ofSeconds(1));
		failure.run();
		assertWarned(warning + " (and 2 times more since the last warning)", exception);
	}

	private void assertWarned(String warning, String exception) {
		assertThat(this.engine.log.takeWarnings()).singleElement()
			.asString()
			.startsWith(warning + " / java.")
			.endsWith(exception);
	}

}
