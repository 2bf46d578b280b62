package io.github.bettersse.docs.snippets;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LiveController {

	private final Channel<Void, Object> prices;

	private final Channel<Void, Object> alerts;

	LiveController(ChannelRegistry channels) {
		this.prices = channels.channel("prices");
		this.alerts = channels.channel("alerts");
	}

	@SseEndpoint("/live")
	void live(Session<Void> session) {
		this.prices.register(session);
		this.alerts.register(session);
	}

	@SseEndpoint(path = "/alerts", retry = "5s", retryJitter = "55s")
	void alerts(Session<Void> session) {
		this.alerts.register(session);
	}

	@CrossOrigin(origins = "https://app.example.com", allowCredentials = "true")
	@SseEndpoint("/shared")
	void shared(Session<Void> session) {
		this.alerts.register(session);
	}

}
