package io.github.bettersse.redis;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.EventLogContract;
import org.junit.jupiter.api.AfterEach;

class RedisEventLogTests extends EventLogContract {

	private SharedRedis redis;

	@Override
	protected EventLog createLog() {
		this.redis = new SharedRedis();
		return this.redis.newNode();
	}

	@AfterEach
	void close() {
		this.redis.close();
	}

}
