package io.github.bettersse.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.github.bettersse.SseEngine;
import io.github.bettersse.SseLimits;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Says under {@code sse} which library this is and how it is set up. Thread-safe.
 */
public class SseInfoContributor implements InfoContributor {

	private final SseEngine engine;

	private final Map<String, Object> details;

	/**
	 * Create a contributor.
	 * @param engine the engine to tell of
	 * @param details what else to tell
	 */
	public SseInfoContributor(SseEngine engine, Map<String, Object> details) {
		this.engine = engine;
		this.details = new TreeMap<>(details);
	}

	@Override
	public void contribute(Info.Builder builder) {
		SseLimits limits = this.engine.getLimits().limits();
		Map<String, Object> sse = new LinkedHashMap<>();
		String version = SseEngine.class.getPackage().getImplementationVersion();
		sse.put("version", (version != null) ? version : "unknown");
		sse.putAll(this.details);
		sse.put("maxSessions", limits.maxSessions());
		sse.put("maxSessionsPerUser", limits.maxSessionsPerUser());
		sse.put("maxSessionsPerAddress", limits.maxSessionsPerAddress());
		builder.withDetail("sse", sse);
	}

}
