package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which id an event gets, and what a session says was the last.
 */
class EventIdAssignmentTests {

	private static final String POSITION = "[0-9a-z]{10}-[0-9]+";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private final Channel<Void, Object> weather = this.engine.channels.channel("weather");

	private final TestClient<Object> client = this.engine.connect();

	private final Session<Object> session = this.client.session();

	@Test
	void broadcastHasThePositionAsItsIdForAllReceivers() {
		TestClient<Object> other = this.engine.connect();
		this.news.register(this.session);
		this.news.register(other.session());
		this.news.broadcast("a");
		this.engine.awaitDelivery();
		assertThat(ids(this.client)).singleElement().asString().matches(POSITION);
		assertThat(ids(other)).isEqualTo(ids(this.client));
	}

	@Test
	void positionsIncreaseByOneOverAllChannels() {
		this.news.register(this.session);
		this.weather.register(this.session);
		String start = this.news.getPosition();
		assertThat(start).endsWith("-0").matches(POSITION);
		String epoch = start.substring(0, start.length() - 1);
		this.news.broadcast("a");
		this.weather.broadcast("b");
		this.engine.channels.channel("empty").broadcast("c");
		this.news.broadcast("d");
		assertThat(this.weather.getPosition()).isEqualTo(epoch + "4");
		this.engine.awaitDelivery();
		assertThat(ids(this.client)).containsExactly(epoch + "1", epoch + "2", epoch + "4");
	}

	@Test
	void givenIdWinsAndStillTakesAPosition() {
		this.news.register(this.session);
		this.news.broadcast(SseEvent.of("a").id("mine"));
		this.news.broadcast("b");
		this.engine.awaitDelivery();
		assertThat(ids(this.client)).hasSize(2).startsWith("mine").last().asString().endsWith("-2");
	}

	@Test
	void pushHasARandomId() {
		this.session.push("a").push("a");
		assertThat(ids(this.client)).hasSize(2)
			.doesNotHaveDuplicates()
			.allMatch((id) -> id.matches("~[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"));
	}

	@Test
	void pushWithoutDataHasNoId() {
		this.session.push(SseEvent.empty().comment("c"));
		assertThat(this.client.received()).isEqualTo(": c\n\n");
	}

	@Test
	void idsOfReservedFormsAreRefused() {
		for (String id : List.of("~mine", "0123456789-1")) {
			assertThatExceptionOfType(SseException.class).isThrownBy(() -> this.session.push("a", "b", id));
		}
		assertThat(this.client.received()).isEmpty();
	}

	@Test
	void lastEventIdFollowsWhatIsSent() {
		this.news.register(this.session);
		List<String> last = new ArrayList<>(List.of(this.session.getLastEventId()));
		this.session.push("a");
		last.add(this.session.getLastEventId());
		this.session.push("b", "message", "mine");
		last.add(this.session.getLastEventId());
		this.news.broadcast("c");
		String position = this.news.getPosition();
		this.engine.awaitDelivery();
		last.add(this.session.getLastEventId());
		this.session.batch((buffer) -> buffer.push("d", "message", "1").push("e", "message", "2").push("f"));
		last.add(this.session.getLastEventId());
		this.session.push(SseEvent.empty().comment("no event"));
		last.add(this.session.getLastEventId());
		this.session.push(SseEvent.empty().id(""));
		last.add(this.session.getLastEventId());
		assertThat(last).containsExactly("", ids(this.client).get(0), "mine", position, "2", "2", "");
	}

	@Test
	void lastEventIdIsThatOfTheLastEventHoweverManyThreadsPush() {
		for (int round = 0; round < 500; round++) {
			TestClient<Object> shared = this.engine.connect();
			CyclicBarrier start = new CyclicBarrier(2);
			Future<?> other = this.engine.start(() -> {
				start.await();
				return shared.session().push(Wire.event("a"));
			});
			this.engine.elsewhere(() -> {
				start.await();
				return shared.session().push(Wire.event("b"));
			});
			TestEngine.join(other);
			assertThat(shared.session().getLastEventId()).isEqualTo(ids(shared).get(1));
		}
	}

	private static List<String> ids(TestClient<?> client) {
		return client.received()
			.lines()
			.filter((line) -> line.startsWith("id: "))
			.map((line) -> line.substring(4))
			.toList();
	}

}
