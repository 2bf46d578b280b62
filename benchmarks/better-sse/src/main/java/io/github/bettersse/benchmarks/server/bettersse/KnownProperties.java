package io.github.bettersse.benchmarks.server.bettersse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The properties of the version that is measured: one that it does not have would be
 * ignored in silence, and something else measured.
 */
final class KnownProperties {

	private static final String PREFIX = "--better-sse.";

	private KnownProperties() {
	}

	/** Return the name, without the prefix of all, of a property that is unknown. */
	static Optional<String> findUnknown(String[] args) {
		String metadata = KnownProperties.class.getClassLoader()
			.resources("META-INF/spring-configuration-metadata.json")
			.map((url) -> {
				try (InputStream in = url.openStream()) {
					return new String(in.readAllBytes(), StandardCharsets.UTF_8);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			})
			.collect(Collectors.joining());
		return Stream.of(args)
			.filter((arg) -> arg.startsWith(PREFIX))
			.map((arg) -> arg.substring(PREFIX.length(), arg.indexOf('=')))
			.filter((name) -> !metadata.contains("\"better-sse." + name + '"'))
			.findFirst();
	}

}
