package io.github.bettersse.redis;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.SharedEventLogContract;
import org.junit.jupiter.api.AfterEach;

class RedisSharedEventLogTests extends SharedEventLogContract {

	private final SharedRedis redis = new SharedRedis();

	@Override
	protected EventLog createNode() {
		return this.redis.newNode();
	}

	@Override
	protected void loseAll() {
		this.redis.loseAll();
	}

	@AfterEach
	void close() {
		this.redis.close();
	}

}
