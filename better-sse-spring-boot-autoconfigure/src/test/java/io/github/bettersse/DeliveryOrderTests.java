package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A shard looks at its sessions in groups before it delivers to them: those whose sockets
 * seem to take nothing come last in theirs, and what it has seen there is only a guess.
 */
class DeliveryOrderTests {

	private static final int GROUP = 16;

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final List<RecordingConnection> connections = new ArrayList<>();

	@BeforeEach
	void registerSessionsOfTwoGroupsAndAHalf() {
		for (int i = 0; i < 2 * GROUP + GROUP / 2; i++) {
			TestClient<Object> client = this.engine.connect();
			this.news.register(client.session());
			this.connections.add(client.connection());
		}
		this.engine.awaitDelivery();
	}

	@Test
	void eachSessionGetsEachEventOnce() {
		broadcast("a");
		broadcast("b");
		assertThat(this.connections).extracting(RecordingConnection::received).containsOnly(Wire.of("a", "b"));
	}

	@Test
	void eachSessionGetsJoinedEventsOnce() {
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("a"));
		this.news.broadcast(Wire.event("b"));
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.connections).extracting(RecordingConnection::received).containsOnly(Wire.of("a", "b"));
	}

	@Test
	void whoSeemsToTakeNothingComesLastInItsGroup() {
		List<Integer> order = new ArrayList<>();
		IntStream.range(0, this.connections.size())
			.forEach((i) -> this.connections.get(i).during(Call.IS_READY, () -> order.add(i)));
		this.connections.get(3).fill();
		this.connections.get(GROUP).fill();
		broadcast("a");
		List<Integer> expected = new ArrayList<>(IntStream.range(0, this.connections.size()).boxed().toList());
		expected.remove(Integer.valueOf(3));
		expected.add(GROUP - 1, 3);
		expected.remove(Integer.valueOf(GROUP));
		expected.add(2 * GROUP - 1, GROUP);
		assertThat(order).containsExactlyElementsOf(expected);
	}

	@Test
	void socketThatSeemedFullTakesTheEventInItsTurn() {
		this.connections.get(3).fill();
		this.connections.get(GROUP - 1).during(Call.WRITE, this.connections.get(3)::drain);
		broadcast("a");
		assertThat(this.connections).extracting(RecordingConnection::received).containsOnly(Wire.of("a"));
	}

	@Test
	void socketThatSeemedReadyGetsTheEventLater() {
		this.connections.get(0).during(Call.WRITE, this.connections.get(3)::fill);
		broadcast("a");
		assertThat(this.connections.get(3).received()).isEmpty();
		this.connections.get(3).drain();
		assertThat(this.connections).extracting(RecordingConnection::received).containsOnly(Wire.of("a"));
	}

	@Test
	void sessionThatEndsAfterTheLookGetsNothing() {
		this.connections.get(0).during(Call.WRITE, () -> this.connections.get(3).vanish(null));
		broadcast("a");
		assertThat(this.connections.get(3).received()).isEmpty();
		assertThat(this.connections.get(4).received()).isEqualTo(Wire.of("a"));
	}

	private void broadcast(String id) {
		this.news.broadcast(Wire.event(id));
		this.engine.awaitDelivery();
	}

}
