package io.github.bettersse.benchmarks.server.springmvc;

/**
 * The open streams of a server under test. Thread-safe; sending blocks.
 */
interface Streams {

	/** Send an event to all. */
	void broadcast(int sequence, String data) throws Exception;

	/** Send an event to one. */
	void push(int stream, int sequence, String data) throws Exception;

	/** Return how many are open. */
	int count();

}
