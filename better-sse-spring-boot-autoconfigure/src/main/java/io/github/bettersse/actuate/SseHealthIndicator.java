package io.github.bettersse.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bettersse.EngineStatistics;
import io.github.bettersse.LimitUsage;
import io.github.bettersse.SseEngine;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of an engine: down if a delivery thread has died or the event log cannot be
 * reached, out of service while no sessions are taken. A limit that is near is told and
 * changes nothing: who reaches it is answered as configured. Thread-safe.
 */
public class SseHealthIndicator extends AbstractHealthIndicator {

	/** From this share of a limit on it is near. */
	private static final double NEAR = 0.9;

	private final SseEngine engine;

	/**
	 * Create an indicator.
	 * @param engine the engine to look at
	 */
	public SseHealthIndicator(SseEngine engine) {
		super("Event streams cannot be looked at");
		this.engine = engine;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		EngineStatistics statistics = this.engine.getStatistics();
		boolean reachable = this.engine.isLogReachable();
		if (!this.engine.isRunning()) {
			health.outOfService();
		}
		else if (reachable && statistics.aliveDeliveryThreads() == statistics.deliveryThreads()) {
			health.up();
		}
		else {
			health.down();
		}
		health.withDetail("sessions", statistics.sessionCount())
			.withDetail("deliveryThreads", statistics.deliveryThreads())
			.withDetail("aliveDeliveryThreads", statistics.aliveDeliveryThreads())
			.withDetail("logReachable", reachable)
			.withDetail("limits", limits(this.engine.getLimits()));
	}

	private static Map<String, Object> limits(LimitUsage usage) {
		Map<String, Object> limits = new LinkedHashMap<>();
		add(limits, "sessions", usage.sessionCount(), usage.limits().maxSessions());
		add(limits, "sessionsPerUser", usage.greatestUserCount(), usage.limits().maxSessionsPerUser());
		add(limits, "sessionsPerAddress", usage.greatestAddressCount(), usage.limits().maxSessionsPerAddress());
		return limits;
	}

	private static void add(Map<String, Object> limits, String name, int used, int max) {
		if (max > 0) {
			limits.put(name, Map.of("used", used, "max", max, "near", used >= NEAR * max));
		}
	}

}
