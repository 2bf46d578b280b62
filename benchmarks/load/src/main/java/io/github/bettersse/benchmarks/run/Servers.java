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

	static final ServerSpec TOMCAT = ours("tomcat", NO_JETTY);

	static final ServerSpec JETTY = ours("jetty", NO_TOMCAT);

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

	private static ServerSpec ours(String label, String exclusion) {
		List<String> args = new ArrayList<>(Arrays.asList(springBoot()));
		args.add(exclusion);
		return new ServerSpec(label, true,
				new JavaProgram("better-sse", PACKAGE + "bettersse.BetterSseServer").withArgs(args));
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

	static ServerSpec named(String name) {
		return ALL.stream()
			.filter((server) -> server.label().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No server " + name + "; there are " + names()));
	}

	static String names() {
		return ALL.stream().map(ServerSpec::label).collect(Collectors.joining(", "));
	}

}
