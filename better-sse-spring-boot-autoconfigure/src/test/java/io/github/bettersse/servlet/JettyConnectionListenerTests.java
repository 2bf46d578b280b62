package io.github.bettersse.servlet;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.jetty.JettyConnectionHandOver;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Those who count the connections of a Jetty, such as its meters, see those that are
 * handed over as any other.
 */
class JettyConnectionListenerTests {

	private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

	@Test
	void connectionIsThereAsLongAsItsStream() throws Exception {
		ConnectionStatistics statistics = new ConnectionStatistics();
		try (JettyServer server = JettyServer.start((request, response) -> {
			Exchange exchange = Exchange.openToHandOver(request, response, new JettyConnectionHandOver(),
					new CountDownLatch(0));
			exchange.start();
			this.exchanges.add(exchange);
		})) {
			server.connector().addEventListener(statistics);
			statistics.start();
			try (EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
				client.readHead();
				Exchange exchange = this.exchanges.poll(10, TimeUnit.SECONDS);
				exchange.awaitWritable();
				assertThat(statistics.getConnections()).isEqualTo(1);
				exchange.connection().close();
				assertThat(client.readRest()).isEmpty();
			}
			await().until(() -> statistics.getConnections() == 0);
			assertThat(statistics.getConnectionsTotal()).as("with the request's").isEqualTo(2);
			assertThat(statistics.getReceivedMessages()).isEqualTo(1);
			assertThat(statistics.getSentMessages()).isEqualTo(1);
		}
	}

}
