package io.github.bettersse;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which sockets tests of real containers count.
 */
@EnabledOnOs(OS.LINUX)
class OpenSocketsTests {

	@Test
	void socketsOfANetworkAreCounted() throws IOException {
		long before = OpenSockets.count();
		try (ServerSocketChannel server = ServerSocketChannel.open(); SocketChannel client = SocketChannel.open()) {
			assertThat(server.isOpen()).isEqualTo(client.isOpen());
			assertThat(OpenSockets.count()).isEqualTo(before + 2);
		}
		assertThat(OpenSockets.count()).isEqualTo(before);
	}

	/** The JVM has one for itself, from the first time that it closes a socket. */
	@Test
	void socketWithinTheSystemIsNotCounted() throws IOException {
		long before = OpenSockets.count();
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			assertThat(server.isOpen()).isTrue();
			assertThat(OpenSockets.count()).isEqualTo(before);
		}
	}

}
