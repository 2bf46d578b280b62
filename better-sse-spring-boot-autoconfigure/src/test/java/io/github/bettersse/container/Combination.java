package io.github.bettersse.container;

import java.util.List;
import java.util.stream.Stream;

/**
 * A server and the protocol that a client speaks to it.
 *
 * @param server the server
 * @param http2 whether HTTP/2, else HTTP/1.1
 */
record Combination(ServerKind server, boolean http2) {

	/**
	 * Return all combinations that this JDK can run. Over HTTP/2 all requests are
	 * asynchronous.
	 */
	static Stream<Combination> all() {
		return ServerKind.all()
			.stream()
			.flatMap((server) -> Stream.of(false, true).map((http2) -> new Combination(server, http2)))
			.filter((combination) -> !combination.http2 || !combination.server.container().isAsynchronous());
	}

	/** Return all combinations with HTTP/2. */
	static Stream<Combination> withHttp2() {
		return all().filter(Combination::http2);
	}

	/** Return one combination for each server. */
	static List<Combination> ofEachServer() {
		return all().filter((combination) -> !combination.http2).toList();
	}

	/** Return one combination for each way to hold the connections of HTTP/1.1. */
	static Stream<Combination> ofEachContainer() {
		return all().filter((combination) -> !combination.http2 && !combination.server.tls()
				&& !combination.server.virtualThreads());
	}

	boolean isTomcat() {
		return this.server.container().isTomcat();
	}

	/** Return whether the connection of a stream is handed over, and ends with it. */
	boolean isHandedOver() {
		return !this.server.container().isAsynchronous() && !this.http2;
	}

	@Override
	public String toString() {
		return this.server + (this.http2 ? ", HTTP/2" : ", HTTP/1.1");
	}

}
