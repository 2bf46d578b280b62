package io.github.bettersse.sample.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What the pages ask about the nodes, and tell them: {@code GET /cluster/nodes},
 * {@code POST /cluster/nodes/<name>/kill} and {@code .../start}.
 */
final class ClusterControl implements AutoCloseable {

	private static final Pattern COMMAND = Pattern.compile("/cluster/nodes/([\\w-]+)/(kill|start)");

	private final List<ClusterNode> nodes;

	private final HttpServer server;

	ClusterControl(List<ClusterNode> nodes) throws IOException {
		this.nodes = nodes;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/cluster/", this::handle);
		this.server.start();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String path = exchange.getRequestURI().getPath();
			if (exchange.getRequestMethod().equals("GET") && path.equals("/cluster/nodes")) {
				byte[] json = describe().getBytes(StandardCharsets.UTF_8);
				exchange.getResponseHeaders().set("Content-Type", "application/json");
				exchange.getResponseHeaders().set("Cache-Control", "no-store");
				exchange.sendResponseHeaders(200, json.length);
				exchange.getResponseBody().write(json);
			}
			else {
				exchange.sendResponseHeaders(obey(exchange, path), -1);
			}
		}
	}

	/** Pages of other sites cannot send the header without asking first. */
	private int obey(HttpExchange exchange, String path) {
		Matcher command = COMMAND.matcher(path);
		boolean allowed = exchange.getRequestMethod().equals("POST")
				&& exchange.getRequestHeaders().containsKey("X-Requested-By");
		if (!allowed || !command.matches()) {
			return allowed ? 404 : 403;
		}
		Consumer<ClusterNode> action = command.group(2).equals("kill") ? ClusterNode::kill : ClusterNode::start;
		return this.nodes.stream().filter((node) -> node.name().equals(command.group(1))).findAny().map((node) -> {
			action.accept(node);
			return 204;
		}).orElse(404);
	}

	private String describe() {
		return this.nodes.stream()
			.map((node) -> "{\"name\":\"%s\",\"process\":%d,\"serves\":%b}".formatted(node.name(), node.pid(),
					node.port().isPresent()))
			.collect(Collectors.joining(",", "[", "]"));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
