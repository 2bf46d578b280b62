package io.github.bettersse;

import java.lang.reflect.Proxy;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What an operator can ask.
 */
class StatisticsTests extends ReplayScene {

	private static final int EVENT = Wire.of("a").length();

	private final Channel<Void, Object> news = channel("news", History.ofEvents(2));

	@Test
	void sessionTellsItsAgeItsQueueAndWhatItHasGot() {
		TestClient<Object> client = this.engine
			.connect(SessionOptions.builder().overflow(OverflowStrategy.DROP_OLDEST).maxQueueSize(2L * EVENT).build());
		this.engine.timer.advance(Duration.ofSeconds(2));
		client.session().push(Wire.event("a")).push(Wire.event("b"));
		client.connection().fill();
		client.connection().listener().onWritable();
		this.engine.timer.advance(Duration.ofSeconds(3));
		client.session().push(Wire.event("c")).push(Wire.event("d")).push(Wire.event("e"));
		assertThat(statistics(client))
			.isEqualTo(new SessionStatistics(Duration.ofSeconds(5), Duration.ofSeconds(3), 2L * EVENT, 2, 1));
	}

	@Test
	void engineSumsUpItsSessions() {
		TestClient<Object> first = this.engine.connect();
		this.engine.timer.advance(Duration.ofSeconds(2));
		TestClient<Object> second = this.engine.connect();
		this.engine.timer.advance(Duration.ofSeconds(1));
		first.connection().fill();
		second.connection().fill();
		first.session().push(Wire.event("a"));
		second.session().push(Wire.event("a")).push(Wire.event("b"));
		assertThat(this.engine.engine.getStatistics()).isEqualTo(
				new EngineStatistics(2, Duration.ofSeconds(4), Duration.ofSeconds(3), 3L * EVENT, 2L * EVENT, 0, 1, 1));
	}

	@Test
	void engineTellsWhatWaitsForItsDeliveryThreads() {
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		broadcast(this.news, "a");
		int size = ("id: " + position(1) + "\ndata: a\n\n").length();
		assertThat(this.engine.engine.getStatistics().backlogBytes()).isEqualTo(size);
		delivery.open();
		this.engine.awaitDelivery();
		assertThat(this.engine.engine.getStatistics().backlogBytes()).isZero();
	}

	@Test
	void closedEngineHasNoDeliveryThreads() {
		this.engine.engine.close();
		TestEngine.await().until(() -> this.engine.engine.getStatistics().aliveDeliveryThreads() == 0);
		assertThat(this.engine.engine.getStatistics().deliveryThreads()).isOne();
	}

	@Test
	void channelTellsWhatItRetains() {
		assertThat(this.engine.engine.getStatistics(this.news)).isEqualTo(new ChannelStatistics(0, 0, 0, null, null));
		broadcast(this.news, "a", "b", "c");
		int size = ("id: " + position(2) + "\ndata: b\n\n").length();
		assertThat(this.engine.engine.getStatistics(this.news))
			.isEqualTo(new ChannelStatistics(0, 2, 2L * size, position(2), position(3)));
	}

	@Test
	void sessionFromElsewhereIsRefused() {
		Session<?> foreign = (Session<?>) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Session.class }, (proxy, method, arguments) -> null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.engine.engine.getStatistics(foreign))
			.withMessageStartingWith("Sessions come from a SessionFactory");
	}

	private SessionStatistics statistics(TestClient<?> client) {
		return this.engine.engine.getStatistics(client.session());
	}

}
