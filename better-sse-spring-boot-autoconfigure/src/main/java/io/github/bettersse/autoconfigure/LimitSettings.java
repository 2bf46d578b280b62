package io.github.bettersse.autoconfigure;

import java.util.function.Supplier;

import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.SseLimits;

/**
 * Makes an engine's limits of {@link LimitProperties}.
 */
final class LimitSettings {

	private final LimitProperties properties;

	private SseLimits limits = SseLimits.none();

	LimitSettings(BetterSseProperties properties) {
		this.properties = properties.getLimits();
	}

	void applyTo(SseEngineBuilder engine) {
		LimitProperties given = this.properties;
		set("max-sessions", given.getMaxSessions(), () -> this.limits.maxSessions(given.getMaxSessions()));
		set("max-sessions-per-user", given.getMaxSessionsPerUser(),
				() -> this.limits.maxSessionsPerUser(given.getMaxSessionsPerUser()));
		set("max-sessions-per-address", given.getMaxSessionsPerAddress(),
				() -> this.limits.maxSessionsPerAddress(given.getMaxSessionsPerAddress()));
		set("max-connects-per-second", given.getMaxConnectsPerSecond(),
				() -> this.limits.maxConnectsPerSecond(given.getMaxConnectsPerSecond()));
		set("max-event-size", given.getMaxEventSize(),
				() -> this.limits.maxEventSize(given.getMaxEventSize().toBytes()));
		engine.limits(this.limits.onExceeded(given.getOnExceeded()));
	}

	private void set(String name, Object value, Supplier<SseLimits> setter) {
		EngineProperties.set("limits." + name, value, () -> this.limits = setter.get());
	}

}
