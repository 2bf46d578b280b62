package io.github.bettersse.servlet;

import java.util.concurrent.CountDownLatch;

import io.github.bettersse.EventStreamClient;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.awaitility.Awaitility.await;

/**
 * What may happen between the hand-over of a connection and the end of its request.
 */
@ParameterizedClass
@EnumSource(names = { "TOMCAT", "JETTY" })
class HandOverStartTests extends HandOverSetup {

	@Test
	void nobodyWritesBeforeTheRequestHasEnded() throws Exception {
		this.request = new CountDownLatch(1);
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			assertThat(exchange.connection().isReady()).isFalse();
			this.request.countDown();
			exchange.awaitWritable();
			exchange.write();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
			exchange.awaitRecycled();
			assertThat(exchange.calls()).isEmpty();
		}
	}

	@Test
	void clientThatGoesBeforeTheRequestHasEndedIsNoticed() throws Exception {
		this.request = new CountDownLatch(1);
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		client.closeByRst();
		this.request.countDown();
		exchange.awaitClosed();
		assertEnded(exchange);
	}

	@Test
	void connectorThatIsPausedEndsTheConnectionWithoutHandingItOver() throws Exception {
		assumeTrue(this.server instanceof TomcatServer, "Jetty cannot be paused");
		Connector connector = ((TomcatServer) this.server).connector();
		this.request = new CountDownLatch(1);
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			connector.pause();
			this.request.countDown();
			assertThat(exchange.awaitClosed()).isEqualTo("null");
			assertThat(client.readRest()).isEmpty();
			assertEnded(exchange);
		}
		connector.resume();
	}

	@Test
	void requestThatFailsAfterwardsEndsTheConnection() throws Exception {
		// Jetty asks for no error page once the head is out.
		this.failedRequests = this.container.isTomcat() ? 1 : 0;
		try (EventStreamClient client = EventStreamClient.connect(this.server.port(), "/throws")) {
			Exchange exchange = nextExchange();
			assertThat(exchange.awaitClosed()).isEqualTo("null");
			client.readHead();
			assertThat(client.readRest()).isEmpty();
			assertEnded(exchange);
			// Tomcat's line comes twice where an earlier test has bridged its logging.
			assertThat(this.log.warnings()).isNotEmpty()
				.allSatisfy((line) -> assertThat(line).contains("after the hand-over"));
			this.log.warnings().clear();
		}
	}

	@Test
	void sessionThatEndsBeforeTheRequestDoesEndsTheConnectionThen() throws Exception {
		this.request = new CountDownLatch(1);
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.connection().abort(null);
			exchange.connection().close();
			assertEnded(exchange);
			this.request.countDown();
			assertThat(client.readRest()).isEmpty();
			exchange.awaitRecycled();
			await().until(() -> this.server.connections() == 0);
			assertThat(exchange.wasToldOfTheEnd()).isFalse();
		}
	}

}
