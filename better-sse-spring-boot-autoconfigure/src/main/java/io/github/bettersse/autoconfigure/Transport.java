package io.github.bettersse.autoconfigure;

/**
 * How the connection of an open stream is held.
 */
enum Transport {

	/**
	 * By itself, after its request has ended, where the container hands it over; else by
	 * an asynchronous request.
	 */
	AUTO,

	/**
	 * By an asynchronous request.
	 */
	SERVLET

}
