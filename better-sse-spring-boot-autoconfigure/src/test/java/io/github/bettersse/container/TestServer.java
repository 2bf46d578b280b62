package io.github.bettersse.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.SseEngine;
import org.apache.coyote.AbstractProtocol;
import org.eclipse.jetty.server.AbstractConnector;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/**
 * A running application. Starting one takes longer than most tests, so there is one of
 * each kind for all.
 */
final class TestServer implements AutoCloseable {

	private static final Map<ServerKind, TestServer> running = new ConcurrentHashMap<>();

	private final ServerKind kind;

	private final ServletWebServerApplicationContext context;

	private final Streams streams;

	private TestServer(ServerKind kind, String... more) {
		this.kind = kind;
		this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(ContainerApplication.class)
			.web(WebApplicationType.SERVLET)
			.run(properties(kind, more));
		this.streams = this.context.getBean(Streams.class);
	}

	/** Return the one of this kind that all tests share. */
	static TestServer of(ServerKind kind) {
		return running.computeIfAbsent(kind, (missing) -> new TestServer(missing));
	}

	/** Start one that the test may stop, perhaps with more properties. */
	static TestServer start(ServerKind kind, String... more) {
		return new TestServer(kind, more);
	}

	/** Stop those that are shared. */
	static void stopAll() {
		running.values().forEach(TestServer::close);
		running.clear();
	}

	private static String[] properties(ServerKind kind, String... more) {
		List<String> properties = new ArrayList<>(List.of("--server.port=0", "--server.address=127.0.0.1",
				"--server.http2.enabled=true", "--server.shutdown=graceful", "--better-sse.keep-alive=0s",
				"--better-sse.shutdown.retry-jitter=0s", "--better-sse.transport=" + kind.container().transport(),
				"--spring.autoconfigure.exclude=" + kind.container().excluded(),
				"--spring.threads.virtual.enabled=" + kind.virtualThreads()));
		if (kind.tls()) {
			properties.add("--server.ssl.key-store=" + Certificate.get().keyStore());
			properties.add("--server.ssl.key-store-password=" + Certificate.PASSWORD);
		}
		properties.addAll(List.of(more));
		return properties.toArray(String[]::new);
	}

	ServerKind kind() {
		return this.kind;
	}

	int port() {
		return this.context.getWebServer().getPort();
	}

	/** Return a client that will connect when it opens its first stream. */
	StreamClient connect(boolean http2) {
		return new StreamClient(this, http2);
	}

	Streams streams() {
		return this.streams;
	}

	SseEngine engine() {
		return this.context.getBean(SseEngine.class);
	}

	int errorDispatches() {
		return this.context.getBean(ErrorDispatches.class).count();
	}

	long activeRequests() {
		return this.context.getBean(ActiveRequests.class).count(this.context.getWebServer());
	}

	/** Return how many connections there are. Tomcat counts the next one already. */
	long connections() {
		if (this.context.getWebServer() instanceof JettyWebServer server) {
			return ((AbstractConnector) server.getServer().getConnectors()[0]).getConnectedEndPoints().size();
		}
		TomcatWebServer server = (TomcatWebServer) this.context.getWebServer();
		return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler()).getConnectionCount() - 1;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
