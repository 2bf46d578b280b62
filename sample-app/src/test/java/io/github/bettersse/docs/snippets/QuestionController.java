package io.github.bettersse.docs.snippets;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

@RestController
class QuestionController {

	private final ScheduledExecutorService scheduler;

	QuestionController(ScheduledExecutorService scheduler) {
		this.scheduler = scheduler;
	}

	@SseEndpoint(path = "/answers", method = RequestMethod.POST)
	void answer(Session<Void> session, @RequestBody Question question) {
		for (String word : question.text().split(" ")) {
			session.push(word, "word");
		}
		session.disconnect();
	}

	@SseEndpoint("/clock")
	void clock(Session<Void> session) {
		Runnable tick = () -> session.push(System.nanoTime(), "tick");
		ScheduledFuture<?> ticks = this.scheduler.scheduleAtFixedRate(tick, 0, 1, TimeUnit.SECONDS);
		session.onDisconnected((reason) -> ticks.cancel(false));
	}

	record Question(String text) {
	}

}
