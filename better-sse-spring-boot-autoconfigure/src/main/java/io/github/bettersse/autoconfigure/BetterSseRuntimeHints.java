package io.github.bettersse.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Tells ahead of time which optional classes and which files the library looks for by
 * name.
 */
final class BetterSseRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern("io/github/bettersse/redis/append.lua");
		hints.reflection().registerTypeIfPresent(classLoader, "org.reactivestreams.FlowAdapters", (type) -> {
		}).registerTypeIfPresent(classLoader, "org.springframework.security.oauth2.core.OAuth2Token", (type) -> {
		});
		hints.resources().registerPattern("META-INF/resources/webjars/better-sse/*");
	}

}
