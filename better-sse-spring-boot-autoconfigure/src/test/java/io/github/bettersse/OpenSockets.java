package io.github.bettersse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The descriptors of this process that are sockets of a network. One within the system is
 * not counted: when it first closes a socket, the JVM opens one for itself and keeps it.
 */
public final class OpenSockets {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private static final Path WITHIN_THE_SYSTEM = Path.of("/proc/self/net/unix");

	private static final int INODE = 6;

	private OpenSockets() {
	}

	/** Return how many there are; 0 where the system does not say. */
	public static long count() throws IOException {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		Set<String> sockets;
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			sockets = descriptors.map(OpenSockets::target)
				.filter((target) -> target.startsWith("socket:"))
				.collect(Collectors.toSet());
		}
		for (String line : Files.readAllLines(WITHIN_THE_SYSTEM, StandardCharsets.ISO_8859_1)) {
			sockets.remove("socket:[" + line.trim().split("\\s+")[INODE] + "]");
		}
		return sockets.size();
	}

	private static String target(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString();
		}
		catch (IOException ex) {
			return ""; // Closed meanwhile
		}
	}

}
