package io.github.bettersse.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.EventLogHistoryContract;
import org.junit.jupiter.api.AfterEach;

class RedisEventLogHistoryTests extends EventLogHistoryContract {

	private final AtomicLong passed = new AtomicLong();

	private SharedRedis redis;

	@Override
	protected EventLog createLog() {
		this.redis = new SharedRedis();
		return this.redis.newNode(() -> this.passed.get());
	}

	@Override
	protected void advance(Duration duration) {
		this.passed.addAndGet(duration.toNanos());
	}

	@AfterEach
	void close() {
		this.redis.close();
	}

}
