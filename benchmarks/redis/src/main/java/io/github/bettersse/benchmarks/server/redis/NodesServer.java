package io.github.bettersse.benchmarks.server.redis;

import java.util.List;
import java.util.stream.Stream;

import io.github.bettersse.autoconfigure.redis.BetterSseRedisAutoConfiguration;
import io.github.bettersse.benchmarks.server.ServerControl;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Three nodes without any session, each with its own connections, in one JVM so that
 * there is one clock and no more to schedule than what is measured. Is asked for
 * {@code run <count> <size> <rate>}, and then for {@code p50}, {@code p99}, {@code max}
 * and {@code wrong} of that run.
 */
public final class NodesServer {

	private final Nodes nodes;

	private volatile BroadcastRun run = new BroadcastRun(0);

	private NodesServer(String kind, List<ApplicationContext> contexts) {
		this.nodes = switch (kind) {
			case "pub-sub" -> new PubSubNodes(contexts, this::received);
			case "log" -> new LogNodes(contexts, 0, this::received);
			case "log-history" -> new LogNodes(contexts, 1000, this::received);
			default -> throw new IllegalArgumentException(kind);
		};
	}

	/**
	 * Run until the standard input ends.
	 * @param args what carries the events, and properties
	 */
	public static void main(String[] args) {
		String[] properties = Stream.of(args).skip(1).toArray(String[]::new);
		List<ApplicationContext> contexts = Stream
			.generate(() -> new SpringApplicationBuilder(NodeConfiguration.class).web(WebApplicationType.NONE)
				.run(properties))
			.limit(Nodes.COUNT)
			.map(ApplicationContext.class::cast)
			.toList();
		ServerControl.listening(0, new NodesServer(args[0], contexts)::answer);
	}

	private void received(int node, String data) {
		this.run.received(node, data);
	}

	private long answer(String question) {
		String[] words = question.split(" ");
		return switch (words[0]) {
			case "run" -> {
				this.run = new BroadcastRun(Integer.parseInt(words[1]));
				yield this.run.run(this.nodes, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
			}
			case "p50" -> this.run.latencies().getValueAtPercentile(50);
			case "p99" -> this.run.latencies().getValueAtPercentile(99);
			case "max" -> this.run.latencies().getMaxValue();
			case "wrong" -> this.run.wrong();
			default -> throw new IllegalArgumentException(question);
		};
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataRedisAutoConfiguration.class, BetterSseRedisAutoConfiguration.class })
	static class NodeConfiguration {

	}

}
