package io.github.bettersse;

import java.util.function.Function;

import io.github.bettersse.eventlog.Position;

/**
 * Keeps what is sent to one session behind the broadcasts that came before it. If nothing
 * that concerns the session waits in its shard, an action is done at once, by the caller;
 * else it is done behind that, by the shard. The handler's thread waits for the shard
 * instead, since nobody but itself may write then. Thread-safe.
 */
final class SessionOrder {

	private final DeliveryShard shard;

	private final SessionRegistrations registrations;

	/** The number of the newest command in the shard that concerns this session. */
	private volatile long lastTicket;

	SessionOrder(DeliveryShard shard, SessionRegistrations registrations) {
		this.shard = shard;
		this.registrations = registrations;
	}

	/**
	 * Do something in its turn.
	 * @param action what to do
	 * @param mayWait whether the caller may wait for the shard
	 */
	void inTurn(Runnable action, boolean mayWait) {
		if (mayWait) {
			await();
		}
		else if (isAnythingPending()) {
			submit(action);
			return;
		}
		action.run();
	}

	/** Do something behind all that waits in the shard. */
	void submit(Runnable action) {
		this.shard.submit(action, (ticket) -> this.lastTicket = ticket);
	}

	/** Do something behind the deliveries up to a position and before all others. */
	void submit(LogFollower follower, Function<Position, Runnable> command) {
		follower.submit(this.shard, command, (ticket) -> this.lastTicket = ticket);
	}

	/** Wait until all that concerns this session is done in its shard. */
	void await() {
		if (isAnythingPending()) {
			this.shard.await();
		}
	}

	/**
	 * Return whether anything that concerns this session waits in its shard. The
	 * registrations come first: one that is gone has left its ticket.
	 */
	boolean isAnythingPending() {
		return this.registrations.anyMatch((registration) -> registration.channel().members().isPending(this.shard))
				|| this.shard.isPending(this.lastTicket);
	}

	DeliveryShard shard() {
		return this.shard;
	}

}
