package io.github.bettersse.container;

import java.io.IOException;

import io.github.bettersse.OpenSockets;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Starts the servers that tests share, checks after each class of tests that they have no
 * socket more than before, and stops them when all tests of this run have ended.
 */
final class SharedServers implements BeforeAllCallback, AfterAllCallback {

	@Override
	public void beforeAll(ExtensionContext context) throws IOException {
		AutoCloseable stopping = TestServer::stopAll;
		Namespace namespace = Namespace.create(SharedServers.class);
		context.getRoot().getStore(namespace).computeIfAbsent("stopping", (key) -> stopping);
		ServerKind.all().forEach(TestServer::of);
		Store store = context.getStore(namespace);
		if (store.get("sockets") == null) {
			store.put("sockets", OpenSockets.count());
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		long before = context.getStore(Namespace.create(SharedServers.class)).get("sockets", long.class);
		// Fewer, if what earlier tests have left was still being closed then.
		await().untilAsserted(() -> assertThat(OpenSockets.count()).as("sockets").isLessThanOrEqualTo(before));
	}

}
