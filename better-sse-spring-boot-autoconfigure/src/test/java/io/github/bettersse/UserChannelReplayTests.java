package io.github.bettersse;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session is in the channel of its user before its handler runs, which may yet choose
 * from where it gets the history of that channel.
 *
 * <pre>
 *   joined by itself  --register(session, from) before the head--&gt;  as chosen
 *         |                                                            |
 *         +------------ the head is out: replayed, then live ----------+--&gt;  any further register: the first Replay
 * </pre>
 */
class UserChannelReplayTests extends ReplayScene {

	private final Channel<Void, Object> ann = this.engine.channels.user("ann");

	@Override
	void customize(SseEngineBuilder builder) {
		builder.history("user:*", History.ofEvents(10));
	}

	@BeforeEach
	void keepEvents() {
		broadcast(this.ann, "a", "b", "c");
	}

	@Test
	void newcomerGetsNothingByItself() {
		TestClient<Object> client = prepareAnn("");
		client.opening().complete();
		awaitMasked(client, cursor(3));
	}

	@Test
	void newcomerGetsWhatTheHandlerChooses() {
		TestClient<Object> client = prepareAnn("");
		Replay replay = this.ann.register(client.session(), ReplayFrom.latest(2));
		client.opening().complete();
		awaitMasked(client, event(2, "b") + event(3, "c"));
		assertDone(replay, true, 2);
		assertThat(this.ann.getSessionCount()).isOne();
	}

	@Test
	void whatIsBroadcastBeforeTheChoiceComesOnce() {
		TestClient<Object> client = prepareAnn("");
		broadcast(this.ann, "d");
		Replay replay = this.ann.register(client.session(), ReplayFrom.latest(1));
		broadcast(this.ann, "e");
		client.opening().complete();
		broadcast(this.ann, "f");
		awaitMasked(client, event(4, "d") + event(5, "e") + event(6, "f"));
		assertDone(replay, true, 0);
	}

	@Test
	void whoChoosesNothingLosesNothingOfTheHandlersTime() {
		TestClient<Object> client = prepareAnn("");
		broadcast(this.ann, "d");
		this.ann.register(client.session(), ReplayFrom.none());
		client.opening().complete();
		awaitMasked(client, event(4, "d"));
	}

	@Test
	void clientThatComesBackGoesOnWhatever() {
		TestClient<Object> client = prepareAnn(position(1));
		Replay replay = this.ann.register(client.session(), ReplayFrom.all());
		client.opening().complete();
		awaitMasked(client, event(2, "b") + event(3, "c"));
		assertDone(replay, true, 2);
	}

	@Test
	void clientThatComesBackMayBeTakenForANewcomer() {
		TestClient<Object> client = prepareAnn(position(1));
		Replay replay = this.ann.register(client.session(), ReplayFrom.none());
		client.opening().complete();
		awaitMasked(client, cursor(3));
		assertDone(replay, true, 0);
	}

	@Test
	void onlyTheFirstChoiceCounts() {
		TestClient<Object> client = prepareAnn("");
		Replay first = this.ann.register(client.session(), ReplayFrom.latest(1));
		assertThat(this.ann.register(client.session(), ReplayFrom.all())).isSameAs(first);
		assertThat(this.ann.register(client.session())).isSameAs(first);
		client.opening().complete();
		awaitMasked(client, event(3, "c"));
		assertThat(this.ann.register(client.session(), ReplayFrom.all())).isSameAs(first);
		assertDone(first, true, 1);
	}

	@Test
	void choiceWhenTheHeadIsOutIsTooLate() {
		TestClient<Object> client = prepareAnn("");
		client.opening().complete();
		awaitMasked(client, cursor(3));
		Replay replay = this.ann.register(client.session(), ReplayFrom.all());
		assertDone(replay, true, 0);
		broadcast(this.ann, "d");
		awaitMasked(client, cursor(3) + event(4, "d"));
	}

	@Test
	void choiceOfASessionThatIsRefusedIsAbandoned() {
		TestClient<Object> client = prepareAnn("");
		Replay replay = this.ann.register(client.session(), ReplayFrom.all());
		client.opening().refuse();
		TestEngine.join(replay.completion().handle((nothing, failure) -> null));
		assertThat(replay.getEventCount()).isZero();
	}

	private TestClient<Object> prepareAnn(String lastEventId) {
		Map<String, List<String>> headers = lastEventId.isEmpty() ? Map.of()
				: Map.of("Last-Event-ID", List.of(lastEventId));
		return this.engine.prepare(
				Handshake.builder("GET", URI.create("/sse")).headers(headers).principal(() -> "ann").build(),
				SessionOptions.builder().build());
	}

}
