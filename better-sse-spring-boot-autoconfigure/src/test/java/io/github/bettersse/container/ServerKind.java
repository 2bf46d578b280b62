package io.github.bettersse.container;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * What an application runs on. Each kind serves HTTP/1.1 and HTTP/2 on one port.
 *
 * @param container the container
 * @param tls whether with TLS, and ALPN; else HTTP/2 is with prior knowledge
 * @param virtualThreads whether requests run on virtual threads
 */
record ServerKind(Container container, boolean tls, boolean virtualThreads) {

	/** The first JDK whose virtual threads are final. */
	private static final int JDK_WITH_VIRTUAL_THREADS = 21;

	/**
	 * Return all kinds that this JDK can run. What asynchronous requests of Jetty do with
	 * TLS and virtual threads its HTTP/2 shows.
	 */
	static List<ServerKind> all() {
		List<ServerKind> kinds = new ArrayList<>();
		kinds.add(new ServerKind(Container.JETTY_ASYNCHRONOUS, false, false));
		for (Container container : EnumSet.complementOf(EnumSet.of(Container.JETTY_ASYNCHRONOUS))) {
			for (boolean tls : new boolean[] { false, true }) {
				kinds.add(new ServerKind(container, tls, false));
				if (Runtime.version().feature() >= JDK_WITH_VIRTUAL_THREADS) {
					kinds.add(new ServerKind(container, tls, true));
				}
			}
		}
		return kinds;
	}

	@Override
	public String toString() {
		return this.container + (this.tls ? ", TLS" : "") + (this.virtualThreads ? ", virtual threads" : "");
	}

}
