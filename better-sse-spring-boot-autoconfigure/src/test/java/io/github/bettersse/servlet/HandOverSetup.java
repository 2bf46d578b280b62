package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LogRecorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * A container whose streams are handed over, with the test in the place of the session.
 */
abstract class HandOverSetup {

	final LogRecorder log = new LogRecorder();

	final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

	/** What {@code onClosed} has to wait for. */
	CountDownLatch writer = new CountDownLatch(0);

	/** What the request has to wait for after its connection was handed over. */
	CountDownLatch request = new CountDownLatch(0);

	/** How many requests have failed. */
	int failedRequests;

	@TempDir
	Path directory;

	@Parameter
	ServletServer.Kind container;

	ServletServer server;

	@BeforeEach
	void startServer() throws Exception {
		this.server = this.container.startImpatient(this.directory, (request, response) -> {
			if (!request.getRequestURI().equals("/ordinary")) {
				Exchange exchange = Exchange.openToHandOver(request, response, this.container.handOver(), this.writer);
				exchange.start();
				this.exchanges.add(exchange);
				hold(this.request);
			}
			if (request.getRequestURI().equals("/throws")) {
				throw new IllegalStateException("after the hand-over");
			}
		});
	}

	/** No request was ever asynchronous, and no connection is left. */
	@AfterEach
	void nothingIsLeft() throws Exception {
		try {
			await().untilAsserted(() -> assertThat(this.server.connections()).isNotPositive());
			assertThat(this.server.errorPageHits()).isEqualTo(this.failedRequests);
			assertThat(this.log.warnings()).isEmpty();
		}
		finally {
			this.server.close();
			this.log.close();
		}
	}

	EventStreamClient connect() throws IOException {
		EventStreamClient client = EventStreamClient.connect(this.server.port(), "/");
		client.readHead();
		return client;
	}

	Exchange nextExchange() throws InterruptedException {
		Exchange exchange = this.exchanges.poll(10, TimeUnit.SECONDS);
		assertThat(exchange).as("a request within 10 s").isNotNull();
		return exchange;
	}

	static void assertEnded(Exchange exchange) {
		assertThat(exchange.connection().isReady()).isTrue();
		assertThatIOException().isThrownBy(() -> exchange.connection().write(Exchange.FRAME));
		assertThatIOException().isThrownBy(() -> exchange.connection().flush());
	}

	static void hold(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
