package io.github.bettersse;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which replays the recorder hears of.
 */
class ReplayRecorderTests extends ReplayScene {

	private RecordedCalls recorder;

	private final Channel<Void, Object> news = channel("news", History.ofEvents(2));

	@Override
	void customize(SseEngineBuilder builder) {
		this.recorder = new RecordedCalls();
		builder.recorder(this.recorder);
	}

	@Test
	void clientThatGetsAllThatItMissedHasResumed() {
		broadcast(this.news, "a", "b", "c");
		open(position(1));
		assertThat(this.recorder.take()).contains("news resumed 2").doesNotContain("news reset trimmed");
	}

	@Test
	void clientThatMissedNothingHasResumedToo() {
		broadcast(this.news, "a");
		open(position(1));
		assertThat(this.recorder.take()).contains("news resumed 0");
	}

	@Test
	void newcomerHasNotResumed() {
		broadcast(this.news, "a");
		open("");
		assertThat(this.recorder.calls()).noneMatch((call) -> call.startsWith("news res"));
	}

	@Test
	void clientThatLostEventsIsReset() {
		broadcast(this.news, "a", "b", "c", "d");
		open(position(1));
		open("given");
		assertThat(this.recorder.calls()).filteredOn((call) -> call.startsWith("news res"))
			.containsExactly("news reset trimmed", "news reset unknown");
	}

	@Test
	void replayedEventsHaveNotWaited() {
		broadcast(this.news, "a");
		this.engine.timer.advance(Duration.ofMinutes(1));
		TestClient<Object> client = open(position(0));
		awaitMasked(client, event(1, "a"));
		assertThat(this.recorder.calls()).filteredOn((call) -> call.startsWith("written"))
			.allMatch((call) -> call.endsWith(" after -1"))
			.isNotEmpty();
	}

	private TestClient<Object> open(String lastEventId) {
		TestClient<Object> client = prepare(lastEventId);
		Replay replay = this.news.register(client.session());
		client.opening().complete();
		TestEngine.join(replay.completion());
		return client;
	}

}
