package com.example.live;

import java.time.Instant;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.ReplayFrom;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LiveController {

	private final Channel<Void, Object> live;

	LiveController(ChannelRegistry channels) {
		this.live = channels.channel("live");
	}

	/** Who comes gets the newest ten; who comes back gets what was missed. */
	@SseEndpoint("/live")
	void connect(Session<Object> session) {
		this.live.register(session, ReplayFrom.latest(10));
	}

	@PostMapping("/messages")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void publish(@RequestBody String text) {
		this.live.broadcast(new Message(text, Instant.now()), "message");
	}

	record Message(String text, Instant time) {
	}

}
