package io.github.bettersse.autoconfigure;

/**
 * Where the log of broadcasts is.
 */
enum LogKind {

	/** In the memory of this node, which is the only one. */
	MEMORY,

	/** On Redis, for any number of nodes. */
	REDIS

}
