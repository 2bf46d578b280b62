package io.github.bettersse.clients;

import java.net.URI;
import java.util.List;

/**
 * A client that comes back when its stream ends, saying which event it saw last.
 */
interface StreamClient {

	/**
	 * Listen until the server has told the client not to come back.
	 * @return the events of all its streams, without the one that tells it
	 */
	List<Received> listen(URI uri) throws Exception;

	default String name() {
		return getClass().getSimpleName();
	}

	/**
	 * Return what a client that is not quite correct makes of data.
	 */
	default String understands(String data) {
		return data;
	}

	/**
	 * An event as a client reports it.
	 */
	record Received(String name, String id, String data) {

	}

}
