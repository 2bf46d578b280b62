package io.github.bettersse;

import java.util.Map;

import io.github.bettersse.actuate.SseHealthIndicator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When an engine is well.
 */
class SseHealthIndicatorTests {

	private volatile boolean reachable = true;

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder.eventLog(new ForwardingEventLog() {

		@Override
		public boolean isReachable() {
			return SseHealthIndicatorTests.this.reachable;
		}

	}).limits(SseLimits.none().maxSessions(10)));

	private final SseHealthIndicator indicator = new SseHealthIndicator(this.engine.engine);

	@Test
	void itIsUpAndTellsHowItDoes() {
		this.engine.connect();
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).isEqualTo(Map.of("sessions", 1, "deliveryThreads", 1, "aliveDeliveryThreads", 1,
				"logReachable", true, "limits", Map.of("sessions", Map.of("used", 1, "max", 10, "near", false))));
	}

	@Test
	void aLimitThatIsNearIsToldAndChangesNothing() {
		for (int i = 0; i < 9; i++) {
			this.engine.connect();
		}
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("limits",
				Map.of("sessions", Map.of("used", 9, "max", 10, "near", true)));
	}

	@Test
	void itIsDownWithoutItsLog() {
		this.reachable = false;
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void itIsDownWithoutItsDeliveryThreads() {
		this.engine.parts().shards().close();
		TestEngine.await().until(() -> this.indicator.health().getStatus().equals(Status.DOWN));
		assertThat(this.indicator.health().getDetails()).containsEntry("aliveDeliveryThreads", 0);
	}

	@Test
	void itIsOutOfServiceWhileItTakesNoSessions() {
		this.engine.engine.stop();
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		this.engine.engine.start();
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.UP);
	}

}
