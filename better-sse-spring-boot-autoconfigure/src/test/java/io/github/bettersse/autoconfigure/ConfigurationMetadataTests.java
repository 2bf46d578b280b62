package io.github.bettersse.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor shows, and what Spring Boot finds.
 */
class ConfigurationMetadataTests {

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.%s.imports";

	@Test
	void everyPropertyHasTypeAndDescription() throws IOException {
		JsonNode metadata;
		try (InputStream in = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				BetterSseAutoConfiguration.class.getClassLoader())
			.getInputStream()) {
			metadata = JsonMapper.shared().readTree(in);
		}
		List<String> properties = new ArrayList<>();
		for (JsonNode property : metadata.get("properties")) {
			if (property.get("name").asString().startsWith("better-sse.")) {
				assertThat(property.get("description").asString()).matches("(?s)(?!(A|An|The) )[A-Z].*\\.");
				JsonNode value = property.path("defaultValue");
				properties.add(property.get("name").asString() + ": " + simpleName(property.get("type").asString())
						+ (value.isMissingNode() ? "" : " = " + value.asString()));
			}
		}
		assertThat(properties).containsExactlyInAnyOrder("better-sse.channels: Map<String,ChannelProperties>",
				"better-sse.client.enabled: Boolean = true", "better-sse.client.path: String = /better-sse/client.js",
				"better-sse.history.max-age: Duration = 0", "better-sse.history.max-events: Integer = 0",
				"better-sse.history.max-size: DataSize = 0B", "better-sse.history.max-total-size: DataSize = 64MB",
				"better-sse.delivery.max-wait: Duration = 5s", "better-sse.delivery.threads: Integer",
				"better-sse.disconnect-event: String = disconnect", "better-sse.headers: Map<String,Object>",
				"better-sse.heartbeat-event: String", "better-sse.keep-alive: Duration = 10s",
				"better-sse.limits.max-connects-per-second: Integer = 0",
				"better-sse.limits.max-event-size: DataSize = 0B", "better-sse.limits.max-sessions: Integer = 0",
				"better-sse.limits.max-sessions-per-address: Integer = 0",
				"better-sse.limits.max-sessions-per-user: Integer = 0",
				"better-sse.limits.on-exceeded: LimitAnswer = retry-later", "better-sse.shutdown.drain: Duration = 0",
				"better-sse.max-lifetime: Duration = 0", "better-sse.metrics.channels: List<String>",
				"better-sse.metrics.http-server-requests: Boolean = false", "better-sse.retry: Duration = 2s",
				"better-sse.retry-jitter: Duration = 0", "better-sse.security.close-on-token-expiry: Boolean = true",
				"better-sse.send-queue.max-size: DataSize = 1MB",
				"better-sse.send-queue.overflow: OverflowStrategy = disconnect",
				"better-sse.send-retry: Boolean = true", "better-sse.shutdown.retry-jitter: Duration = 5s",
				"better-sse.tomcat.socket-buffer-size: DataSize", "better-sse.transport: Transport = auto",
				"better-sse.trust-client-event-id: Boolean = true", "better-sse.write-timeout: Duration = 30s",
				"better-sse.log: LogKind = memory", "better-sse.redis.append-timeout: Duration = 5s",
				"better-sse.redis.backlog-size: DataSize = 32MB", "better-sse.redis.command-timeout: Duration = 2s",
				"better-sse.redis.history-ttl: Duration = 1d", "better-sse.redis.key-prefix: String = better-sse",
				"better-sse.redis.max-in-flight: Integer = 1024", "better-sse.redis.max-record-size: DataSize = 4MB",
				"better-sse.redis.node-name: String", "better-sse.redis.wait-replicas: Integer = 0",
				"better-sse.user-channels.enabled: Boolean = true");
	}

	@Test
	void everyAutoConfigurationIsFound() throws IOException {
		List<String> all = new ClassFileImporter().importPackages(getClass().getPackageName())
			.stream()
			.filter((type) -> type.isAnnotatedWith(AutoConfiguration.class))
			.map(JavaClass::getName)
			.toList();
		assertThat(lines("autoconfigure.AutoConfiguration")).containsExactlyInAnyOrderElementsOf(all);
		assertThat(lines("webmvc.test.autoconfigure.AutoConfigureWebMvc")).containsExactlyInAnyOrderElementsOf(
				all.stream().filter((name) -> !name.contains(".actuate.") && !name.contains(".metrics.")).toList());
	}

	private static String simpleName(String type) {
		return type.replaceAll("[\\w.]+\\.", "");
	}

	private static List<String> lines(String name) throws IOException {
		try (Stream<String> lines = new ClassPathResource(IMPORTS.formatted(name))
			.getContentAsString(StandardCharsets.UTF_8)
			.lines()) {
			return lines.toList();
		}
	}

}
