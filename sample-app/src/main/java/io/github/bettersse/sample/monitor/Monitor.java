package io.github.bettersse.sample.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.sample.node.ThisNode;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Measures the JVM once a second, and shows the last minute to those who look.
 * <p>
 * It has no endpoint of its own. A browser opens six connections to a server over
 * HTTP/1.1, for all its tabs together: with three streams a tab, the third tab would
 * wait. A session can be in any number of channels, so one stream carries what many
 * panels show.
 */
@Component
public class Monitor {

	private static final Duration SHOWN = Duration.ofMinutes(1);

	private final Channel<Void, Object> channel;

	private final Deque<Usage> usages = new ArrayDeque<>();

	Monitor(ChannelRegistry channels, ThisNode node) {
		this.channel = channels.channel(node.own("monitor"));
	}

	/**
	 * Show a session what was used in the last minute, and what is from now on. What is
	 * measured in between comes twice rather than not at all.
	 * @param session the session, with whatever state
	 */
	public void show(Session<?> session) {
		this.channel.register(session);
		session.push(lastMinute(), "usages");
	}

	@Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
	void measure() {
		if (this.channel.getSessionCount() > 0) {
			Usage usage = Usage.now();
			remember(usage);
			this.channel.broadcast(List.of(usage), "usages");
		}
	}

	private synchronized void remember(Usage usage) {
		this.usages.add(usage);
		lastMinute();
	}

	private synchronized List<Usage> lastMinute() {
		Instant start = Instant.now().minus(SHOWN);
		this.usages.removeIf((usage) -> usage.time().isBefore(start));
		return List.copyOf(this.usages);
	}

}
