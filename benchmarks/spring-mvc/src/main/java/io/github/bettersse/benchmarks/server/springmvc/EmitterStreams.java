package io.github.bettersse.benchmarks.server.springmvc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.benchmarks.server.Tick;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The way of the tutorials: a list of emitters, and a loop over it.
 */
@RestController
@ConditionalOnProperty(name = "streams", havingValue = "sse-emitter")
class EmitterStreams implements Streams {

	private final List<SseEmitter> emitters = new CopyOnWriteArrayList<>();

	@GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter connect() throws IOException {
		SseEmitter emitter = new SseEmitter(0L);
		emitter.onCompletion(() -> this.emitters.remove(emitter));
		emitter.onTimeout(() -> this.emitters.remove(emitter));
		emitter.onError((ex) -> this.emitters.remove(emitter));
		this.emitters.add(emitter);
		emitter.send(SseEmitter.event().comment("connected"));
		return emitter;
	}

	@Override
	public void broadcast(int sequence, String data) {
		this.emitters.forEach((emitter) -> send(emitter, sequence, data));
	}

	@Override
	public void push(int stream, int sequence, String data) {
		send(this.emitters.get(stream), sequence, data);
	}

	private void send(SseEmitter emitter, int sequence, String data) {
		try {
			emitter.send(SseEmitter.event().id(Integer.toString(sequence)).name(Tick.NAME).data(data));
		}
		catch (IOException | IllegalStateException ex) {
			// The client has gone
			this.emitters.remove(emitter);
		}
	}

	@Override
	public int count() {
		return this.emitters.size();
	}

}
