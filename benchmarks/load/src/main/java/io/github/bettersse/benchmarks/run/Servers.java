package io.github.bettersse.benchmarks.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.bettersse.benchmarks.run.ServerSpec.JavaProgram;

/**
 * The servers that can be measured.
 */
final class Servers {

	private static final String PACKAGE = "io.github.bettersse.benchmarks.server.";

	private static final String NO_TOMCAT = "--spring.autoconfigure.exclude="
			+ "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration";

	private static final String NO_JETTY = "--spring.autoconfigure.exclude="
			+ "org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";

	static final ServerSpec TOMCAT = ours("tomcat", "better-sse", NO_JETTY);

	static final ServerSpec JETTY = ours("jetty", "better-sse", NO_TOMCAT);

	static final ServerSpec REDIS = new ServerSpec("redis", false, new RedisProgram(false, List.of()));

	/** Has in its file what it acknowledges. */
	static final ServerSpec DURABLE_REDIS = new ServerSpec("redis, append-only", false,
			new RedisProgram(false, List.of("--appendonly", "yes", "--appendfsync", "always")));

	/** All keys of a log are in one of its slots. */
	static final ServerSpec CLUSTER = new ServerSpec("redis, cluster", false, new RedisProgram(true, List.of()));

	static final ServerSpec REDIS_LOG = ours("redis-log", "redis", NO_JETTY).variant("",
			List.of("--better-sse.log=redis"));

	/** What it is compared with, on the same class path. */
	static final ServerSpec MEMORY_LOG = new ServerSpec("memory-log", false,
			ours("memory-log", "redis", NO_JETTY).program());

	static final ServerSpec RAW = new ServerSpec("raw", false,
			new JavaProgram("load", "io.github.bettersse.benchmarks.server.RawServer"));

	private static final List<ServerSpec> ALL = List.of(TOMCAT,
			TOMCAT.variant("-servlet", List.of("--better-sse.transport=servlet")),
			TOMCAT.variant("-small-buffers", List.of("--better-sse.tomcat.socket-buffer-size=1KB")), JETTY, RAW,
			new ServerSpec("raw-c", false, new RawCProgram()), new ServerSpec("nchan", false, new NchanProgram()),
			new ServerSpec("better-sse-node", false, new NodeProgram()), springMvc("sse-emitter"),
			springMvc("sse-eventbus"), springMvc("bare-servlet"), new ServerSpec("webflux", false,
					new JavaProgram("spring-webflux", PACKAGE + "webflux.WebFluxServer", springBoot())));

	private Servers() {
	}

	private static ServerSpec ours(String label, String module, String exclusion) {
		List<String> args = new ArrayList<>(Arrays.asList(springBoot()));
		args.add(exclusion);
		return new ServerSpec(label, true,
				new JavaProgram(module, PACKAGE + "bettersse.BetterSseServer").withArgs(args));
	}

	/** Several nodes without sessions, between which something carries events. */
	static ServerSpec nodes(String label, boolean ours, String carrier) {
		return new ServerSpec(label, ours,
				new JavaProgram("redis", PACKAGE + "redis.NodesServer", carrier, "--better-sse.log=redis",
						"--spring.main.keep-alive=true", "--spring.main.banner-mode=off", "--logging.level.root=WARN"));
	}

	private static ServerSpec springMvc(String streams) {
		return new ServerSpec(streams, false,
				new JavaProgram("spring-mvc", PACKAGE + "springmvc.SpringMvcServer", springBoot())
					.withArgs(List.of("--streams=" + streams)));
	}

	private static String[] springBoot() {
		return new String[] { "--server.address=127.0.0.1", "--server.port=0", "--spring.main.banner-mode=off",
				"--logging.level.root=WARN", "--server.tomcat.max-connections=100000",
				"--server.tomcat.accept-count=4096" };
	}

	/**
	 * Return a server.
	 * @param name its name, and after a colon of how many rounds its medians are, if that
	 * is another number than that of the others
	 */
	static ServerSpec named(String name) {
		String[] words = name.split(":");
		int rounds = (words.length > 1) ? Integer.parseInt(words[1]) : 0;
		return ALL.stream()
			.filter((server) -> server.label().equals(words[0]))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No server " + words[0] + "; there are " + names()))
			.withRounds(rounds);
	}

	static String names() {
		return ALL.stream().map(ServerSpec::label).collect(Collectors.joining(", "));
	}

}
