package io.github.bettersse.docs.testing;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NewsController {

	private final Channel<Void, Object> news;

	NewsController(ChannelRegistry channels) {
		this.news = channels.channel("news",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(100)).build());
		this.news.onRegistered((session) -> session.push(this.news.getSessionCount(), "readers"));
	}

	@SseEndpoint("/news")
	void connect(Session<?> session) {
		this.news.register(session);
	}

	@PostMapping("/news")
	void publish(@RequestBody String title) {
		this.news.broadcast(title, "article");
	}

}
