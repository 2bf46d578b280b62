package io.github.bettersse.benchmarks.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Several ways to run a server.
 */
@FunctionalInterface
interface Variants {

	String PREFIX = "--better-sse.";

	String WITHOUT_SESSION_CONTEXT = "--spring.autoconfigure.exclude="
			+ "io.github.bettersse.autoconfigure.slf4j.BetterSseSlf4jAutoConfiguration";

	/** The server as it is. */
	Variants NONE = (servers, jdks) -> servers;

	/** With and without history. */
	Variants HISTORY = settings("--better-sse.history.max-events=1000");

	/** As it is, each feature that is on by default switched off, and all of them. */
	Variants FEATURES = settings("--better-sse.keep-alive=0", "--better-sse.write-timeout=0",
			"--better-sse.send-retry=false", "--better-sse.trust-client-event-id=false",
			"--better-sse.user-channels.enabled=false", "--application-events=false", WITHOUT_SESSION_CONTEXT);

	/** On each JDK, with platform threads, and with virtual ones where there are. */
	Variants JDKS = Variants::jdks;

	/** With the collector that is used everywhere else, and with another one. */
	Variants COLLECTORS = (servers, jdks) -> servers.stream()
		.flatMap((server) -> Stream.of(server,
				server.labelled(" with ParallelGC").withJvmOptions(List.of("-XX:-UseG1GC", "-XX:+UseParallelGC"))))
		.toList();

	List<ServerSpec> of(List<ServerSpec> servers, List<Path> jdks);

	private static Variants settings(String... settings) {
		return (servers, jdks) -> {
			List<ServerSpec> variants = new ArrayList<>();
			for (ServerSpec server : servers) {
				variants.add(server);
				for (String setting : settings) {
					variants.add(server.variant(" " + label(setting), List.of(setting)));
				}
				if (settings.length > 1) {
					variants.add(server.variant(" without all of these", List.of(settings)));
				}
			}
			return variants;
		};
	}

	private static String label(String setting) {
		if (setting.equals(WITHOUT_SESSION_CONTEXT)) {
			return "session-context=false";
		}
		return setting.substring((setting.startsWith(PREFIX) ? PREFIX : "--").length());
	}

	private static List<ServerSpec> jdks(List<ServerSpec> servers, List<Path> others) {
		List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
		homes.addAll(others);
		List<ServerSpec> variants = new ArrayList<>();
		for (ServerSpec server : servers) {
			for (Path home : homes) {
				int version = version(home);
				ServerSpec onJdk = server.onJdk(" on " + version, home);
				variants.add(onJdk);
				if (version >= 21) {
					variants.add(onJdk.variant(", virtual threads", List.of("--spring.threads.virtual.enabled=true")));
				}
			}
		}
		return variants;
	}

	private static int version(Path home) {
		Properties release = new Properties();
		try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
			release.load(reader);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(home + " is no JDK", ex);
		}
		return Integer.parseInt(release.getProperty("JAVA_VERSION").replaceAll("[^0-9.]", "").split("\\.")[0]);
	}

}
