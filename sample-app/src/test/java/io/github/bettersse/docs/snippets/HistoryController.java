package io.github.bettersse.docs.snippets;

import java.time.Duration;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController {

	private final Channel<Void, Object> headlines;

	HistoryController(ChannelRegistry channels) {
		this.headlines = channels.channel("headlines",
				ChannelOptions.<Void, Object>builder()
					.history(History.ofEvents(1000).maxAge(Duration.ofHours(1)))
					.build());
		this.headlines.onReset((session, replay) -> session.push("Something was missed", "notice"));
	}

	@SseEndpoint("/headlines")
	void headlines(Session<Object> session) {
		this.headlines.register(session);
	}

}
