package io.github.bettersse;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sessions on a connection of the application's own, in an application without a web
 * server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
class CustomConnectionTests {

	private static final Handshake HANDSHAKE = Handshake.builder("GET", URI.create("file:///events"))
		.principal(() -> "archive")
		.build();

	@Autowired
	private SessionFactory sessions;

	@Autowired
	private ChannelRegistry channels;

	@TempDir
	private Path directory;

	private final BlockingQueue<DisconnectReason> ended = new LinkedBlockingQueue<>();

	@Test
	void aFileGetsWhatIsPushedAndBroadcast() throws Exception {
		Path file = this.directory.resolve("events");
		OutputStream out = Files.newOutputStream(file);
		Session<Object> session = this.sessions.open(new OutputStreamConnection(HANDSHAKE, out),
				SessionOptions.builder().noRetry().build());
		session.onDisconnected(this.ended::add);
		Channel<Void, Object> channel = this.channels.channel("archived");
		channel.register(session);
		session.push(SseEvent.of("pushed").id("1"));
		channel.broadcast(SseEvent.of("broadcast").id("2"));
		this.channels.user("archive").broadcast(SseEvent.of("to the user").id("3"));
		session.flush().get(10, TimeUnit.SECONDS);
		String written = """
				id: 1
				data: "pushed"

				id: 2
				data: "broadcast"

				id: 3
				data: "to the user"

				""";
		assertThat(file).hasContent(written);
		session.disconnect();
		String goodbye = "event: disconnect\nretry: 2147483647\ndata: null\n\n";
		await().untilAsserted(() -> assertThat(file).hasContent(written + goodbye));
		assertThat(this.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.DISCONNECTED);
		assertThat(channel.getSessionCount()).isZero();
	}

	@Test
	void aFailedWriteEndsTheSession() throws Exception {
		OutputStream full = new OutputStream() {
			@Override
			public void write(int b) throws IOException {
				throw new IOException("no space left");
			}
		};
		Session<Object> session = this.sessions.open(new OutputStreamConnection(HANDSHAKE, full),
				SessionOptions.builder().noRetry().build());
		session.onDisconnected(this.ended::add);
		session.push("lost");
		assertThat(this.ended.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.CLIENT_GONE);
		assertThat(session.isConnected()).isFalse();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
