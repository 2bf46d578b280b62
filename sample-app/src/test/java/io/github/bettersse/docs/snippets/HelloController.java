package io.github.bettersse.docs.snippets;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RestController;

@RestController
class HelloController {

	private final Channel<Void, Object> channel;

	HelloController(ChannelRegistry channels) {
		this.channel = channels.channel("hello");
	}

	@SseEndpoint("/sse")
	void connect(Session<Void> session) {
		this.channel.register(session);
		session.push("Hello world!");
	}

}
