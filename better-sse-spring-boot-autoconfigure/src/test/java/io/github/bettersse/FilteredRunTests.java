package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.bettersse.ConnectionScript.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events that come together are written together to each session: those that it accepts,
 * in their order.
 */
class FilteredRunTests {

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Integer> news = this.engine.channels.channel("news",
			ChannelOptions.<Void, Integer>builder()
				.sessionState(Integer.class)
				.filter((session, event) -> accepts(session.getState(), event.getId()))
				.build());

	/** The state of a session has a bit for each event that it accepts. */
	private static boolean accepts(int state, String id) {
		return (state & 1 << Integer.parseInt(id) % 8) != 0;
	}

	@Test
	void sessionGetsWhatItAcceptsInOneWrite() {
		TestClient<Integer> all = connect(0b111);
		TestClient<Integer> some = connect(0b101);
		TestClient<Integer> others = connect(0b101);
		TestClient<Integer> one = connect(0b010);
		TestClient<Integer> none = connect(0);
		broadcastTogether(3);
		assertThat(calls(all)).containsExactly("write " + Wire.of("0", "1", "2"), "flush");
		assertThat(calls(some)).containsExactly("write " + Wire.of("0", "2"), "flush");
		assertThat(calls(others)).isEqualTo(calls(some));
		assertThat(calls(one)).containsExactly("write " + Wire.of("1"), "flush");
		assertThat(calls(none)).isEmpty();
	}

	@Test
	void predicateOfOneBroadcastChoosesTogetherWithOthers() {
		TestClient<Integer> client = connect(0b1111);
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast(Wire.event("0"));
		this.news.broadcast(Wire.event("1"), (session) -> false);
		this.news.broadcast(Wire.event("2"), (session) -> true);
		open(delivery);
		assertThat(calls(client)).containsExactly("write " + Wire.of("0", "2"), "flush");
	}

	@Test
	void moreEventsThanAreChosenFromAtOnce() {
		TestClient<Integer> even = connect(0b01010101);
		broadcastTogether(200);
		String[] expected = IntStream.range(0, 200)
			.filter((i) -> i % 2 == 0)
			.mapToObj(Integer::toString)
			.toArray(String[]::new);
		assertThat(even.received()).isEqualTo(Wire.of(expected));
	}

	@Test
	void moreChoicesThanAreJoined() {
		List<TestClient<Integer>> clients = new ArrayList<>();
		IntStream.range(0, 256).forEach((state) -> clients.add(connect(state)));
		broadcastTogether(8);
		for (int state = 0; state < clients.size(); state++) {
			int accepting = state;
			assertThat(clients.get(state).received()).isEqualTo(Wire.of(IntStream.range(0, 8)
				.mapToObj(Integer::toString)
				.filter((id) -> accepts(accepting, id))
				.toArray(String[]::new)));
		}
	}

	@Test
	void socketIsFull() {
		TestClient<Integer> client = connect(0b101);
		client.connection().fill();
		broadcastTogether(3);
		assertThat(calls(client)).isEmpty();
		client.connection().drain();
		assertThat(calls(client)).containsExactly("write " + Wire.of("0", "2"), "flush");
	}

	@Test
	void pushDuringItsWriteComesBehindIt() {
		TestClient<Integer> client = connect(0b101);
		client.connection().during(Call.WRITE, () -> client.session().push(Wire.event("push")));
		broadcastTogether(3);
		client.awaitReceived(Wire.of("0", "2", "push"));
	}

	@Test
	void lastEventIdIsThatOfTheLastAcceptedEvent() {
		TestClient<Integer> client = connect(0b011);
		broadcastTogether(3);
		assertThat(client.session().getLastEventId()).isEqualTo("1");
	}

	private TestClient<Integer> connect(int state) {
		TestClient<Integer> client = this.engine.connect(SessionOptions.<Integer>builder().state(state).build());
		this.news.register(client.session());
		return client;
	}

	private void broadcastTogether(int count) {
		Gate delivery = this.engine.holdDelivery();
		IntStream.range(0, count).forEach((i) -> this.news.broadcast(Wire.event(Integer.toString(i))));
		open(delivery);
	}

	private void open(Gate delivery) {
		delivery.open();
		this.engine.awaitDelivery();
	}

	/** Return what was called after the head went out. */
	private static List<String> calls(TestClient<?> client) {
		return client.connection().calls().subList(3, client.connection().calls().size());
	}

}
