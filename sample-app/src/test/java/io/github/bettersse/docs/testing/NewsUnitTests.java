package io.github.bettersse.docs.testing;

import io.github.bettersse.SessionOptions;
import io.github.bettersse.test.TestSession;
import io.github.bettersse.test.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NewsUnitTests {

	private final TestSessions sessions = new TestSessions();

	private final NewsController controller = new NewsController(this.sessions.getChannelRegistry());

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void readerIsGreetedAndGetsArticles() {
		TestSession<Object> reader = this.sessions.prepare(TestSessions.handshake().build(),
				SessionOptions.builder().build());
		this.controller.connect(reader.getSession());
		reader.complete();
		assertThat(reader).receives("readers", "1");
		this.controller.publish("It works");
		assertThat(reader).receives("article", "It works");
	}

	@Test
	void readerThatStallsMissesNothing() {
		TestSession<Object> reader = this.sessions.open();
		this.controller.connect(reader.getSession());
		assertThat(reader).receives("readers", "1");
		reader.getConnection().stall();
		this.controller.publish("It works");
		reader.getConnection().resume();
		assertThat(reader).receives("article", "It works");
	}

}
