package io.github.bettersse.eventlog;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;

class TopicEventLogHistoryTests extends EventLogHistoryContract {

	private final AtomicLong passed = new AtomicLong();

	private TopicEventLog log;

	@Override
	protected EventLog createLog() {
		this.log = new TopicEventLog(new Topic(), "node", () -> this.passed.get());
		return this.log;
	}

	@Override
	protected void advance(Duration duration) {
		this.passed.addAndGet(duration.toNanos());
	}

	@AfterEach
	void close() {
		this.log.close();
	}

}
