package io.github.bettersse.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Tells ahead of time which optional classes the library looks for by name, and that the
 * browser client is needed.
 */
final class BetterSseRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection().registerTypeIfPresent(classLoader, "org.reactivestreams.FlowAdapters", (type) -> {
		}).registerTypeIfPresent(classLoader, "org.springframework.security.oauth2.core.OAuth2Token", (type) -> {
		});
		hints.resources().registerPattern("META-INF/resources/webjars/better-sse/*");
	}

}
