package io.github.bettersse.eventlog;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

class TopicSharedEventLogTests extends SharedEventLogContract {

	private final Topic topic = new Topic();

	private final List<TopicEventLog> nodes = new ArrayList<>();

	@Override
	protected EventLog createNode() {
		TopicEventLog node = new TopicEventLog(this.topic, "node" + this.nodes.size(), System::nanoTime);
		this.nodes.add(node);
		return node;
	}

	@Override
	protected void loseAll() {
		this.topic.loseAll();
	}

	@AfterEach
	void close() {
		this.nodes.forEach(TopicEventLog::close);
	}

}
