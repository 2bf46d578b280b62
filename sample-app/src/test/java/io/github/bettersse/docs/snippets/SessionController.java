package io.github.bettersse.docs.snippets;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/session")
class SessionController {

	private final Channel<Void, Object> news;

	SessionController(ChannelRegistry channels) {
		this.news = channels.channel("news");
	}

	@SseEndpoint("/news")
	void news(Session<Void> session) {
		this.news.register(session);
	}

	@PostMapping("/news")
	void publish(@RequestBody Article article) {
		this.news.broadcast(article, "article");
	}

	record Article(String title) {
	}

}
