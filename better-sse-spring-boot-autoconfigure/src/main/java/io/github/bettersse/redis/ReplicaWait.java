package io.github.bettersse.redis;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Waits until replicas have all that was written over a connection. Spring Data has no
 * such command, so that this is for Lettuce alone. Immutable.
 *
 * @param replicas how many
 * @param key tells the server of a cluster
 */
record ReplicaWait(int replicas, byte[] key) {

	/** Less than a command may take. */
	private static final long MAX_WAIT = 1000;

	/** Return whether they have it within a second. */
	boolean isReplicated(RedisConnection connection) throws InterruptedException {
		if (this.replicas == 0) {
			return true;
		}
		try {
			return commands(connection.getNativeConnection()).waitForReplication(this.replicas, MAX_WAIT)
				.get(2 * MAX_WAIT, TimeUnit.MILLISECONDS) >= this.replicas;
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("Redis does not say what its replicas have", ex);
		}
	}

	/** The connection to the server that was written to, not just any. */
	private BaseRedisAsyncCommands<?, ?> commands(Object connection) {
		if (connection instanceof RedisAdvancedClusterAsyncCommands<?, ?> cluster) {
			String node = cluster.getStatefulConnection()
				.getPartitions()
				.getPartitionBySlot(SlotHash.getSlot(this.key))
				.getNodeId();
			return cluster.getStatefulConnection().getConnection(node).async();
		}
		if (connection instanceof BaseRedisAsyncCommands<?, ?> commands) {
			return commands;
		}
		throw new UnsupportedOperationException("Waiting for replicas needs Lettuce as the Redis client");
	}

}
