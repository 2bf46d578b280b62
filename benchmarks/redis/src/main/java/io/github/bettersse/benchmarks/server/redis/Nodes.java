package io.github.bettersse.benchmarks.server.redis;

/**
 * Nodes of which each can send to all.
 */
interface Nodes {

	/** How many there are. */
	int COUNT = 3;

	/**
	 * Send something to all nodes, without waiting until they have it.
	 * @param node the index of the node that sends it
	 * @param data what is sent
	 */
	void broadcast(int node, String data);

	/**
	 * Takes what the nodes get. Called by one thread a node at a time.
	 */
	@FunctionalInterface
	interface Receiver {

		/**
		 * Take what a node has got.
		 * @param node the index of the node
		 * @param data what it has got
		 */
		void received(int node, String data);

	}

}
