package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The connections of this machine, as the kernel lists them. Immutable.
 *
 * @param established by ports: those that neither side has closed
 */
record SocketTable(Set<Long> established) {

	private static final String ESTABLISHED = "01";

	static SocketTable read() {
		Set<Long> established = new HashSet<>();
		try {
			for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
				if (Files.exists(Path.of(table))) {
					Files.readAllLines(Path.of(table)).stream().skip(1).forEach((line) -> add(line, established));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new SocketTable(established);
	}

	private static void add(String line, Set<Long> established) {
		String[] columns = line.strip().split("\\s+");
		if (columns[3].equals(ESTABLISHED)) {
			established.add(key(port(columns[1]), port(columns[2])));
		}
	}

	private static int port(String address) {
		return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
	}

	private static long key(int local, int remote) {
		return (long) local << 16 | remote;
	}

	boolean isEstablished(int localPort, int remotePort) {
		return this.established.contains(key(localPort, remotePort));
	}

}
