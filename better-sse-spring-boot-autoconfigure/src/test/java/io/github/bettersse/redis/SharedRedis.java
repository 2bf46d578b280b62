package io.github.bettersse.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * One server for the tests that do it no harm; each has a log of its own there.
 */
public final class SharedRedis implements AutoCloseable {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static RedisProcess server;

	private final RedisLogSettings settings;

	private final List<RedisEventLog> nodes = new ArrayList<>();

	public SharedRedis() {
		this(RedisLogSettings.DEFAULTS);
	}

	public SharedRedis(RedisLogSettings settings) {
		this.settings = new RedisLogSettings("test" + COUNT.incrementAndGet(), settings.waitReplicas(),
				settings.appendTimeout(), settings.maxInFlight(), settings.maxRecordSize(), settings.backlogSize(),
				settings.historyTtl(), settings.maxTotalSize());
	}

	public static synchronized RedisProcess server() {
		if (server == null) {
			server = RedisProcess.start();
		}
		return server;
	}

	/** Return one more node of the same log. */
	public RedisEventLog newNode() {
		return newNode(System::nanoTime);
	}

	public RedisEventLog newNode(LongSupplier nanoTime) {
		RedisEventLog node = new RedisEventLog(server().connections(), this.settings, nanoTime);
		this.nodes.add(node);
		return node;
	}

	LogKeys keys() {
		return LogKeys.of(this.settings.keyPrefix());
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisEventLog::close);
	}

}
