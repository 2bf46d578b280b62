package io.github.bettersse.sample;

import java.time.Duration;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import org.awaitility.Awaitility;

/**
 * Waits until nobody is there any more and the listeners are done, so that a test does
 * not see the one before it.
 */
final class Quiet {

	private Quiet() {
	}

	static void await(ChannelRegistry channels) {
		Awaitility.await()
			.during(Duration.ofMillis(200))
			.atMost(Duration.ofSeconds(10))
			.until(() -> channels.getChannels().stream().allMatch((channel) -> channel.getSessionCount() == 0));
	}

	static int count(ChannelRegistry channels, String channel) {
		return channels.find(channel).map(Channel::getSessionCount).orElse(0);
	}

}
