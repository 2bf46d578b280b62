package io.github.bettersse.eventlog;

import org.junit.jupiter.api.AfterEach;

class TopicEventLogTests extends EventLogContract {

	private TopicEventLog log;

	@Override
	protected EventLog createLog() {
		this.log = new TopicEventLog(new Topic(), "node", System::nanoTime);
		return this.log;
	}

	@AfterEach
	void close() {
		this.log.close();
	}

}
