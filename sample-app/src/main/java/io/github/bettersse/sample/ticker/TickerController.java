package io.github.bettersse.sample.ticker;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.sample.monitor.Monitor;
import io.github.bettersse.sample.node.ThisNode;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts the seconds, and who is there, for everyone at once: on a node of a cluster, who
 * is at all nodes. The seconds are the same everywhere, so each node tells its own
 * clients.
 */
@RestController
class TickerController {

	private final Channel<Void, Object> everyone;

	private final Channel<Void, Object> ticker;

	private final Monitor monitor;

	private final ThisNode node;

	TickerController(ChannelRegistry channels, Monitor monitor, ThisNode node) {
		this.monitor = monitor;
		this.node = node;
		this.everyone = channels.channel("ticker");
		this.ticker = channels.channel(node.own("ticker"));
		this.everyone.onRegistered((session) -> tick());
		this.everyone.onDeregistered((session) -> tick());
	}

	@SseEndpoint("/ticker")
	void connect(Session<?> session) {
		this.everyone.register(session);
		this.ticker.register(session);
		this.node.introduce(session, "");
		this.monitor.show(session); // on the same stream; see there
	}

	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	void tick() {
		long count = Duration.between(this.node.getStart(), Instant.now()).toSeconds();
		this.ticker.broadcast(new Tick(count, this.everyone.getPresence().getSessionCount()), "tick");
	}

	record Tick(long count, int online) {
	}

}
