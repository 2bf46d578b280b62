package io.github.bettersse;

import java.util.function.Predicate;

import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;

/**
 * Events of the log that nobody on this node will get. Immutable, thread-safe.
 *
 * @param position where the log goes on
 * @param channels those whose events they were
 * @param reason what has happened
 */
record LogLoss(Position position, Predicate<DefaultChannel<?, ?>> channels, ResetReason reason) {

	/** Tell sessions, each at this place among its events. */
	void tell(Iterable<DefaultSession<?>> sessions) {
		for (DefaultSession<?> session : sessions) {
			SessionOutlet outlet = session.outlet();
			outlet.order().submit(() -> outlet.history().lost(this));
		}
	}

	boolean concerns(Registration registration) {
		return registration.isJoined() && this.channels.test(registration.channel());
	}

}
