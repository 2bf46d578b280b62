package io.github.bettersse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One server for the tests that do it no harm; each has a log of its own there.
 */
public final class SharedRedis implements AutoCloseable {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static RedisProcess server;

	private final String keyPrefix = "test" + COUNT.incrementAndGet();

	private final List<RedisEventLog> nodes = new ArrayList<>();

	public static synchronized RedisProcess server() {
		if (server == null) {
			server = RedisProcess.start();
		}
		return server;
	}

	/** Return one more node of the same log. */
	public RedisEventLog newNode(String name) {
		return newNode(name, System::nanoTime);
	}

	RedisEventLog newNode() {
		return newNode("node");
	}

	RedisEventLog newNode(LongSupplier nanoTime) {
		return newNode("node", nanoTime);
	}

	private RedisEventLog newNode(String name, LongSupplier nanoTime) {
		RedisLogSettings defaults = RedisLogSettings.DEFAULTS;
		RedisEventLog node = new RedisEventLog(server().connections(),
				new RedisLogSettings(this.keyPrefix, name, defaults.waitReplicas(), defaults.appendTimeout(),
						defaults.maxInFlight(), defaults.maxRecordSize(), defaults.backlogSize(), defaults.historyTtl(),
						defaults.maxTotalSize()),
				nanoTime);
		this.nodes.add(node);
		return node;
	}

	/** Let a node of another release append an event of a channel that keeps history. */
	public void appendOfAnotherRelease(String channel) {
		new ForeignRecords(keys()).addEvent(channel, ForeignRecords.OTHER_VERSION);
	}

	/** Remove all that is there of this log, as {@code FLUSHALL} does of all. */
	void loseAll() {
		server().with((connection) -> {
			Set<byte[]> all = connection.keyCommands().keys(LogKeys.bytes(keys().prefix() + ":*"));
			return connection.keyCommands().del(all.toArray(byte[][]::new));
		});
	}

	LogKeys keys() {
		return LogKeys.of(this.keyPrefix);
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisEventLog::close);
	}

}
