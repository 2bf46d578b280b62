package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Commands for which no thread waits: their answers come on a thread of the client. It
 * saves a thread's wake-up with each of them, which is most of the time that they take.
 * Spring Data has no such commands, so that these are for Lettuce alone. Immutable.
 */
final class AsyncCommands {

	private final RedisClusterAsyncCommands<byte[], byte[]> commands;

	private final Duration timeout;

	private AsyncCommands(RedisClusterAsyncCommands<byte[], byte[]> commands, Duration timeout) {
		this.commands = commands;
		this.timeout = timeout;
	}

	@SuppressWarnings("unchecked")
	static AsyncCommands of(RedisConnection connection) {
		Object commands = connection.getNativeConnection();
		if (commands instanceof RedisAdvancedClusterAsyncCommands<?, ?> cluster) {
			return new AsyncCommands((RedisClusterAsyncCommands<byte[], byte[]>) cluster,
					cluster.getStatefulConnection().getTimeout());
		}
		if (commands instanceof RedisAsyncCommands<?, ?> single) {
			return new AsyncCommands((RedisClusterAsyncCommands<byte[], byte[]>) single,
					single.getStatefulConnection().getTimeout());
		}
		throw new UnsupportedOperationException("The event log on Redis needs Lettuce as the Redis client");
	}

	/** Return how long a command may take. */
	Duration timeout() {
		return this.timeout;
	}

	/** Call a script that the server may know already. */
	CompletionStage<List<Object>> evaluate(byte[] script, String sha1, byte[][] keys, byte[][] arguments) {
		return this.commands.<List<Object>>evalsha(sha1, ScriptOutputType.MULTI, keys, arguments)
			.exceptionallyCompose((failure) -> (failure instanceof RedisNoScriptException)
					? this.commands.eval(script, ScriptOutputType.MULTI, keys, arguments)
					: CompletableFuture.failedStage(failure));
	}

	/** Read a stream on, or wait a moment for what comes. */
	CompletionStage<List<StreamRecord>> read(byte[] stream, String after, int count, Duration block) {
		return this.commands.dispatch(CommandType.XREAD, new StreamRecordsOutput(),
				new CommandArgs<>(ByteArrayCodec.INSTANCE).add(CommandKeyword.COUNT)
					.add(count)
					.add(CommandKeyword.BLOCK)
					.add(block.toMillis())
					.add("STREAMS")
					.addKey(stream)
					.add(after));
	}

	/**
	 * Wait until replicas have all that was written over this connection.
	 * @param key tells the server of a cluster
	 * @return completes with how many have
	 */
	CompletionStage<Long> awaitReplicas(byte[] key, int replicas, Duration timeout) {
		if (this.commands instanceof RedisAdvancedClusterAsyncCommands<byte[], byte[]> cluster) {
			// The connection that was written over: that of the slot, which goes by its
			// address
			StatefulRedisClusterConnection<byte[], byte[]> connection = cluster.getStatefulConnection();
			RedisURI server = connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key)).getUri();
			return connection.getConnectionAsync(server.getHost(), server.getPort())
				.thenCompose((single) -> single.async().waitForReplication(replicas, timeout.toMillis()));
		}
		return this.commands.waitForReplication(replicas, timeout.toMillis());
	}

	/** Wait for an answer. */
	<T> T await(CompletionStage<T> answer) {
		try {
			return answer.toCompletableFuture().get(this.timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for Redis", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Redis has not done a command", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("Redis has not answered within " + this.timeout.toMillis() + " ms", ex);
		}
	}

}
