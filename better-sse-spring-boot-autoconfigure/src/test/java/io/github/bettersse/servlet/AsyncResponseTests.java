package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LogRecorder;
import io.github.bettersse.tomcat.TomcatConnectionAborter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.apache.catalina.connector.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Who ends a response, and when: the test plays the session, the container is a Tomcat.
 */
class AsyncResponseTests {

	private final LogRecorder log = new LogRecorder();

	private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();

	private ConnectionAborter aborter = new TomcatConnectionAborter();

	private CountDownLatch writer = new CountDownLatch(0);

	private CountDownLatch container = new CountDownLatch(0);

	@TempDir
	Path directory;

	private TomcatServer server;

	@BeforeEach
	void startServer() throws Exception {
		this.server = TomcatServer.start(this.directory, (request, response) -> {
			Exchange exchange = Exchange.open(request, response, this.aborter, this.writer, this.container);
			this.exchanges.add(exchange);
			exchange.start();
		});
	}

	@AfterEach
	void nobodyWasToldOfAnError() throws Exception {
		assertThat(this.server.errorPageHits()).isZero();
		assertThat(this.log.warnings()).isEmpty();
		this.server.close();
		this.log.close();
	}

	@Test
	void requestIsKeptUntilTheWriterHasReturned() throws Exception {
		this.writer = new CountDownLatch(1);
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		client.closeByRst();
		IOException failure = writeUntilItFails(exchange);
		exchange.awaitClosed();
		exchange.connection().abort(failure);
		assertThat(exchange.isRecycled()).isFalse();
		assertThat(exchange.calls()).containsExactly("setTimeout", "addListener");
		this.writer.countDown();
		exchange.awaitRecycled();
		assertThat(exchange.calls()).containsExactly("setTimeout", "addListener", "complete");
	}

	@Test
	void nothingIsWrittenWhileAContainerThreadIsAtWork() throws Exception {
		CountDownLatch container = new CountDownLatch(1);
		this.container = container;
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.awaitWritable();
			assertThat(exchange.connection().isReady()).isFalse();
			container.countDown();
			// Another event may be under way by then, after which it is called again
			do {
				exchange.awaitWritable();
			}
			while (!exchange.connection().isReady());
			exchange.write();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		}
	}

	@Test
	void failedWriteIsLeftToTheContainer() throws Exception {
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		client.closeByRst();
		IOException failure = writeUntilItFails(exchange);
		exchange.connection().abort(failure);
		exchange.awaitRecycled();
	}

	@Test
	void failureThatTheContainerNoticesReachesNoErrorPage() throws Exception {
		EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/");
		client.readHead();
		Exchange exchange = nextExchange();
		exchange.fill();
		client.closeByRst();
		assertThat(exchange.awaitClosed()).isEqualTo("IOException");
		exchange.awaitRecycled();
	}

	@Test
	void nothingIsAskedOfTheContainerAfterItsEnd() throws Exception {
		EventStreamClient client = connect();
		Exchange exchange = nextExchange();
		client.closeByRst();
		IOException failure = writeUntilItFails(exchange);
		exchange.awaitRecycled();
		int calls = exchange.calls().size();
		exchange.connection().abort(failure);
		exchange.connection().abort(null);
		exchange.connection().close();
		assertThat(exchange.calls()).hasSize(calls);
		assertEnded(exchange);
	}

	@Test
	void closeEndsTheBodyInOrder() throws Exception {
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			exchange.write();
			exchange.connection().close();
			exchange.connection().abort(null);
			assertEnded(exchange);
			assertThat(client.readRest()).isEqualTo(": x\n\n");
			exchange.awaitRecycled();
			assertThat(exchange.calls()).containsExactly("setTimeout", "addListener", "complete");
			assertThat(exchange.wasToldOfTheEnd()).isFalse();
		}
	}

	@Test
	void abortCutsAClientThatDoesNotRead() throws Exception {
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/")) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.fill();
			exchange.connection().abort(null);
			exchange.connection().close();
			exchange.awaitRecycled();
			assertEnded(exchange);
			assertThat(exchange.calls()).containsExactly("setTimeout", "addListener", "start", "complete");
			assertThat(exchange.wasToldOfTheEnd()).isFalse();
			client.awaitCut();
		}
	}

	@Test
	void abortWaitsForTheClientWhereTheContainerCannotCut() throws Exception {
		this.aborter = ConnectionAborter.none();
		try (EventStreamClient client = EventStreamClient.connectWithSmallBuffer(this.server.port(), "/")) {
			client.readHead();
			Exchange exchange = nextExchange();
			exchange.fill();
			exchange.connection().abort(null);
			client.readRest();
			exchange.awaitRecycled();
			assertThat(exchange.calls()).containsExactly("setTimeout", "addListener", "complete");
		}
	}

	@Test
	void requestEndsWhenItCannotBeHandedOver() throws Exception {
		try (TomcatServer server = TomcatServer.start(this.directory, (request, response) -> {
			Exchange exchange = Exchange.open(request, withoutNonBlockingWrites(response), this.aborter, this.writer,
					this.container);
			this.exchanges.add(exchange);
			assertThat(catchThrowableOfType(IllegalStateException.class, exchange::start)).hasMessage("taken");
		}); EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			client.readHead();
			assertThat(client.readRest()).isEmpty();
			Exchange exchange = nextExchange();
			exchange.awaitRecycled();
			assertEnded(exchange);
			assertThat(exchange.calls()).containsExactly("setTimeout", "addListener", "complete");
		}
	}

	@Test
	void containerHasNoTimeout() throws Exception {
		// The default is at once, as a request shows that lets it stand.
		Connector connector = new Connector();
		connector.setAsyncTimeout(1);
		try (TomcatServer server = TomcatServer.start(this.directory, connector, (request, response) -> {
			if (request.getRequestURI().equals("/default")) {
				request.startAsync();
			}
			else {
				Exchange exchange = Exchange.open(request, response, this.aborter, this.writer, this.container);
				this.exchanges.add(exchange);
				exchange.start();
			}
		}); EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			client.readHead();
			EventStreamClient.connect(server.port(), "/default").readHead();
			EventStreamClient.connect(server.port(), "/default").readHead();
			nextExchange().write();
			assertThat(client.readBody(5)).isEqualTo(": x\n\n");
		}
	}

	@Test
	void streamsEndWhenTheApplicationIsStopped() throws Exception {
		try (EventStreamClient client = connect()) {
			Exchange exchange = nextExchange();
			this.server.stopApplication();
			assertThat(exchange.awaitClosed()).isEqualTo("null");
			assertThat(client.readRest()).isEmpty();
		}
	}

	private EventStreamClient connect() throws IOException {
		EventStreamClient client = EventStreamClient.connect(this.server.port(), "/");
		client.readHead();
		return client;
	}

	private Exchange nextExchange() throws InterruptedException {
		Exchange exchange = this.exchanges.poll(10, TimeUnit.SECONDS);
		assertThat(exchange).as("a request within 10 s").isNotNull();
		return exchange;
	}

	private static IOException writeUntilItFails(Exchange exchange) {
		return catchThrowableOfType(IOException.class, () -> {
			while (true) {
				exchange.write();
			}
		});
	}

	private static void assertEnded(Exchange exchange) {
		assertThat(exchange.connection().isReady()).isTrue();
		assertThatIOException().isThrownBy(() -> exchange.connection().write(Exchange.FRAME))
			.withMessage("The connection has ended");
		assertThatIOException().isThrownBy(() -> exchange.connection().flush()).withMessage("The connection has ended");
	}

	private static HttpServletResponse withoutNonBlockingWrites(HttpServletResponse response) {
		return new HttpServletResponseWrapper(response) {
			@Override
			public ServletOutputStream getOutputStream() throws IOException {
				ServletOutputStream output = super.getOutputStream();
				return new ServletOutputStream() {
					@Override
					public void write(int b) throws IOException {
						output.write(b);
					}

					@Override
					public void flush() throws IOException {
						output.flush();
					}

					@Override
					public boolean isReady() {
						return true;
					}

					@Override
					public void setWriteListener(WriteListener writeListener) {
						throw new IllegalStateException("taken");
					}
				};
			}
		};
	}

}
