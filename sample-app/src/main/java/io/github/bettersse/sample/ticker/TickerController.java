package io.github.bettersse.sample.ticker;

import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.sample.monitor.Monitor;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the seconds, and who is there, for everyone at once.
 */
@RestController
class TickerController {

	private final Channel<Void, Object> ticker;

	private final Monitor monitor;

	private long count;

	TickerController(ChannelRegistry channels, Monitor monitor) {
		this.monitor = monitor;
		this.ticker = channels.channel("ticker");
		this.ticker.onRegistered((session) -> show());
		this.ticker.onDeregistered((session) -> show());
	}

	@SseEndpoint("/ticker")
	void connect(Session<?> session) {
		this.ticker.register(session);
		this.monitor.show(session); // on the same stream; see there
	}

	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	synchronized void tick() {
		this.count++;
		show();
	}

	private synchronized void show() {
		this.ticker.broadcast(new Tick(this.count, this.ticker.getSessionCount()), "tick");
	}

	record Tick(long count, int online) {
	}

}
