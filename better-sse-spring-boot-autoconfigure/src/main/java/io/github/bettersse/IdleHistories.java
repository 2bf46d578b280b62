package io.github.bettersse;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Gives the histories back of channels without sessions on any node, when nobody has left
 * and nothing was broadcast for as long as events are kept. Thread-safe.
 */
final class IdleHistories {

	private static final Duration WITHOUT_MAX_AGE = Duration.ofMinutes(5);

	private final Timer timer;

	private final Consumer<DefaultChannel<?, ?>> giveBack;

	private final Set<DefaultChannel<?, ?>> watched = ConcurrentHashMap.newKeySet();

	IdleHistories(Timer timer, Consumer<DefaultChannel<?, ?>> giveBack) {
		this.timer = timer;
		this.giveBack = giveBack;
	}

	/** Something has happened in a channel with history. */
	void used(DefaultChannel<?, ?> channel) {
		channel.usedAt(this.timer.nanoTime());
		watch(channel);
	}

	private void watch(DefaultChannel<?, ?> channel) {
		if (!channel.options().keepWhenEmpty() && channel.members().isEmpty() && this.watched.add(channel)) {
			lookIn(channel, maxIdle(channel));
		}
	}

	private void lookIn(DefaultChannel<?, ?> channel, long nanos) {
		this.timer.schedule(() -> look(channel), nanos);
	}

	private void look(DefaultChannel<?, ?> channel) {
		long left = maxIdle(channel) - (this.timer.nanoTime() - channel.usedAt());
		if (!channel.members().isEmpty()) {
			this.watched.remove(channel);
			watch(channel);
		}
		else if (channel.members().presence().hasOthers()) {
			lookIn(channel, maxIdle(channel));
		}
		else if (left > 0) {
			lookIn(channel, left);
		}
		else {
			this.watched.remove(channel);
			this.giveBack.accept(channel);
		}
	}

	private static long maxIdle(DefaultChannel<?, ?> channel) {
		Duration maxAge = channel.retention().maxAge();
		return (maxAge.isZero() ? WITHOUT_MAX_AGE : maxAge).toNanos();
	}

}
