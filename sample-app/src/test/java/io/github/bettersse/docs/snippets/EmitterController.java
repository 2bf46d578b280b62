package io.github.bettersse.docs.snippets;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/emitter")
class EmitterController {

	private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();

	@GetMapping(path = "/news", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter news() throws IOException {
		SseEmitter emitter = new SseEmitter(0L);
		emitter.onCompletion(() -> this.emitters.remove(emitter));
		emitter.onTimeout(() -> this.emitters.remove(emitter));
		emitter.onError((ex) -> this.emitters.remove(emitter));
		this.emitters.add(emitter);
		emitter.send(SseEmitter.event().reconnectTime(2000));
		return emitter;
	}

	@PostMapping("/news")
	void publish(@RequestBody Article article) {
		for (SseEmitter emitter : this.emitters) {
			try {
				emitter.send(SseEmitter.event().name("article").data(article, MediaType.APPLICATION_JSON));
			}
			catch (IOException ex) {
				this.emitters.remove(emitter);
			}
		}
	}

	record Article(String title) {
	}

}
