package io.github.bettersse.docs.snippets;

import java.util.List;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RestController;

@RestController
class ProgressController {

	@SseEndpoint("/progress")
	void progress(Session<Void> session) {
		session.push("started", "step");
		session.push(SseEvent.raw("50 %").name("step").id("half"));
		session.batch((buffer) -> buffer.push(99, "step").push(100, "step"));
		session.iterate(List.of("a.txt", "b.txt"), "file");
		session.close();
	}

}
