package io.github.bettersse;

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
		if (!isAnythingPending()) {
			action.run();
		}
		else if (mayWait) {
			this.shard.await();
			action.run();
		}
		else {
			submit(action);
		}
	}

	/** Do something behind all that waits in the shard. */
	void submit(Runnable action) {
		this.shard.submit(action, (ticket) -> this.lastTicket = ticket);
	}

	/**
	 * Return whether anything that concerns this session waits in its shard. The
	 * registrations come first: one that is gone has left its ticket.
	 */
	boolean isAnythingPending() {
		return this.registrations.anyMatch((registration) -> registration.channel().isPending(this.shard))
				|| this.shard.isPending(this.lastTicket);
	}

	DeliveryShard shard() {
		return this.shard;
	}

}
