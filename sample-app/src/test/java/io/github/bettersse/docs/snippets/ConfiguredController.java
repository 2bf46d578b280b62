package io.github.bettersse.docs.snippets;

import java.time.Duration;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.OverflowStrategy;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ConfiguredController {

	private final Channel<Void, Object> prices;

	private final Channel<Void, Object> ticker;

	ConfiguredController(ChannelRegistry channels) {
		this.prices = channels.channel("prices");
		this.ticker = channels.channel("ticker");
	}

	@SseEndpoint(path = "/prices", keepAlive = "5s", retry = "${prices.retry:1s}", retryJitter = "3s",
			headers = { "X-Served-By: prices", "Pragma:" })
	void prices(Session<Void> session) {
		this.prices.register(session);
	}

	@SseEndpoint(path = "/ticker", options = "tickerOptions")
	void ticker(Session<Void> session) {
		this.ticker.register(session);
	}

	@Configuration(proxyBeanMethods = false)
	static class Options {

		@Bean
		SessionOptions<Void> tickerOptions() {
			return SessionOptions.<Void>builder()
				.overflow(OverflowStrategy.KEEP_LATEST)
				.maxQueueSize(16 * 1024)
				.maxLifetime(Duration.ofMinutes(30))
				.build();
		}

	}

}
