package io.github.bettersse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The descriptors of this process that are sockets.
 */
public final class OpenSockets {

	private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

	private OpenSockets() {
	}

	/** Return how many there are; 0 where the system does not say. */
	public static long count() throws IOException {
		if (!Files.isDirectory(DESCRIPTORS)) {
			return 0;
		}
		try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
			return descriptors.filter(OpenSockets::isSocket).count();
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false; // Closed meanwhile
		}
	}

}
