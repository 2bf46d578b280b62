package io.github.bettersse.benchmarks.server.bettersse;

import java.util.List;
import java.util.Map;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.benchmarks.server.Tick;
import io.github.bettersse.benchmarks.server.Trigger;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class TickController {

	private final ChannelRegistry channels;

	TickController(ChannelRegistry channels) {
		this.channels = channels;
	}

	@SseEndpoint("/sse")
	void connect(Session<Boolean> session, @RequestParam(defaultValue = "0") int channel,
			@RequestParam(defaultValue = "true") boolean selected) {
		session.setState(selected);
		channel(channel).register(session);
	}

	/** The same events to each of several channels. */
	@PostMapping("/broadcast")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void broadcast(@RequestParam Map<String, String> query, @RequestParam(defaultValue = "1") int channels,
			@RequestParam(defaultValue = "false") boolean filter) {
		Trigger.of(query::get).start((sequence, data) -> {
			SseEvent event = SseEvent.raw(data).name(Tick.NAME);
			for (int i = 0; i < channels; i++) {
				if (filter) {
					channel(i).broadcast(event, Session::getState);
				}
				else {
					channel(i).broadcast(event);
				}
			}
		});
	}

	/** Each event to one session. */
	@PostMapping("/push")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void push(@RequestParam Map<String, String> query) {
		List<Session<? extends Boolean>> sessions = List.copyOf(channel(0).getSessions());
		Trigger.of(query::get)
			.start((sequence, data) -> sessions.get(Tick.scatter(sequence, sessions.size()))
				.push(SseEvent.raw(data).name(Tick.NAME)));
	}

	private Channel<Void, Boolean> channel(int number) {
		return this.channels.channel("ticks-" + number, ChannelOptions.forSessions(Boolean.class));
	}

}
