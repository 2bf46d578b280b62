package io.github.bettersse.tomcat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.servlet.SseServer;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Buffers of connections while a stream has them, and when Tomcat uses them again.
 */
class SocketBuffersTests {

	/** The connection of each request, and the sizes of its buffers at that time. */
	private final BlockingQueue<SocketWrapperBase<?>> sockets = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> sizes = new LinkedBlockingQueue<>();

	@TempDir
	Path directory;

	@Test
	void buffersAreFreedAndRestored() throws Exception {
		SocketBuffers buffers = new SocketBuffers();
		SocketBufferHandler handler = new SocketBufferHandler(8192, 4096, false);
		SocketBuffers.Sizes released = buffers.release(handler);
		assertThat(sizes(handler)).isEqualTo("256, 256");
		handler.getReadBuffer().put((byte) 'x');
		buffers.restore(handler, released);
		assertThat(sizes(handler)).isEqualTo("8192, 4096");
		assertThat(handler.isReadBufferEmpty()).isTrue();
		assertThat(handler.isWriteBufferEmpty()).isTrue();
	}

	@Test
	void sizesThatConnectionsHaveInCommonAreKeptOnce() throws Exception {
		SocketBuffers buffers = new SocketBuffers();
		SocketBuffers.Sizes first = buffers.release(new SocketBufferHandler(8192, 4096, false));
		assertThat(buffers.release(new SocketBufferHandler(8192, 4096, false))).isSameAs(first);
		assertThat(buffers.release(new SocketBufferHandler(4096, 8192, false)))
			.isEqualTo(new SocketBuffers.Sizes(4096, 8192));
	}

	@Test
	void buffersOutsideTheHeapAndSmallOnesAreKept() throws Exception {
		SocketBuffers buffers = new SocketBuffers();
		assertThat(buffers.release(new SocketBufferHandler(8192, 8192, true))).isNull();
		assertThat(buffers.release(new SocketBufferHandler(256, 256, false))).isNull();
	}

	@Test
	void nextRequestFindsTheBuffersAsTheyWere() throws Exception {
		try (SseServer server = server(); EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			SocketBufferHandler handler = handlerOfNextStream(client, server);
			assertThat(this.sizes.poll()).isEqualTo("8192, 8192");
			assertThat(sizes(handler)).isEqualTo("256, 256");
			client.closeByFin();
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
			await().until(() -> sizes(handler).equals("8192, 8192"));
			server.assertNothingLeft();
			assertIsUsedAgain(server, handler, "8192, 8192");
		}
	}

	/** As Tomcat does where it has no thread to handle the end of the client. */
	@Test
	void nextRequestDoesWithSmallBuffersWhereTomcatHasClosedWithoutAWord() throws Exception {
		try (SseServer server = server(); EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			SocketBufferHandler handler = handlerOfNextStream(client, server);
			Session<?> session = server.engine().getSessions().iterator().next();
			assertThat(this.sizes.poll()).isEqualTo("8192, 8192");
			NioSocketWrapper socket = (NioSocketWrapper) this.sockets.remove();
			// It would hear of it if it was not done with the request.
			await().until(() -> (socket.interestOps() & SelectionKey.OP_READ) != 0);
			socket.close();
			assertThat(client.readRest()).isEmpty();
			assertIsUsedAgain(server, handler, "256, 256");
			assertThat(server.nextReason()).as("of the other session").isEqualTo(DisconnectReason.CLIENT_GONE);
			session.push("lost");
			assertThat(server.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		}
	}

	private SocketBufferHandler handlerOfNextStream(EventStreamClient client, SseServer server) throws Exception {
		client.readHead();
		Session<Object> session = server.nextSession();
		session.push("first").flush().get(10, TimeUnit.SECONDS);
		assertThat(client.nextEvent().data()).isEqualTo("first");
		return this.sockets.element().getSocketBufferHandler();
	}

	/** Send a request that is larger than the buffers, in every part. */
	private void assertIsUsedAgain(SseServer server, SocketBufferHandler handler, String sizes) throws Exception {
		this.sockets.clear();
		String body = "x".repeat(100_000);
		String request = "POST / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(6000) + "\r\nContent-Length: "
				+ body.length() + "\r\n\r\n" + body;
		try (EventStreamClient client = EventStreamClient.send(server.port(), request)) {
			assertThat(handlerOfNextStream(client, server)).isSameAs(handler);
			assertThat(this.sizes.poll()).isEqualTo(sizes);
		}
	}

	private SseServer server() throws Exception {
		TomcatInternals internals = new TomcatInternals();
		return SseServer.in(this.directory).opener((factory, request, response) -> {
			SocketWrapperBase<?> socket = internals.getSocket(internals.getRequest(request));
			this.sizes.add(sizes(socket.getSocketBufferHandler()));
			this.sockets.add(socket);
			read(request);
			return factory.open(request, response, SessionOptions.builder().build());
		}).start();
	}

	private static void read(HttpServletRequest request) {
		try {
			String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			assertThat(body.matches("x*")).isTrue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sizes(SocketBufferHandler handler) {
		return handler.getReadBuffer().capacity() + ", " + handler.getWriteBuffer().capacity();
	}

}
