package io.github.bettersse.benchmarks.server.springmvc;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import ch.rasc.sse.eventbus.DefaultDataObjectConverter;
import ch.rasc.sse.eventbus.DefaultSubscriptionRegistry;
import ch.rasc.sse.eventbus.SseEvent;
import ch.rasc.sse.eventbus.SseEventBus;
import ch.rasc.sse.eventbus.config.SseEventBusConfigurer;
import io.github.bettersse.benchmarks.server.Tick;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The library sse-eventbus. Its own configuration asks for Jackson 2, which is not needed
 * for text, so the bus is made here.
 */
@RestController
@ConditionalOnProperty(name = "streams", havingValue = "sse-eventbus")
class EventBusStreams implements Streams {

	private final AtomicLong clients = new AtomicLong();

	private final SseEventBus bus = new SseEventBus(new SseEventBusConfigurer() {

		@Override
		public int noOfSendResponseTries() {
			// No use in trying 40 times what fails because the client has gone
			return 1;
		}

	}, new DefaultSubscriptionRegistry());

	EventBusStreams() {
		this.bus.setDataObjectConverters(List.of(new DefaultDataObjectConverter()));
	}

	@GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter connect() throws Exception {
		SseEmitter emitter = this.bus.createSseEmitter(Long.toString(this.clients.incrementAndGet()), 0L, Tick.NAME);
		emitter.send(SseEmitter.event().comment("connected"));
		return emitter;
	}

	@Override
	public void broadcast(int sequence, String data) {
		this.bus.handleEvent(SseEvent.builder().event(Tick.NAME).id(Integer.toString(sequence)).data(data).build());
	}

	@Override
	public void push(int stream, int sequence, String data) {
		throw new UnsupportedOperationException("It does not tell which clients are connected");
	}

	@Override
	public int count() {
		return this.bus.countSubscribers(Tick.NAME);
	}

}
