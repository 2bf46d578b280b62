package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.Frame;

/**
 * The registrations of one channel in one shard. For the shard's thread alone.
 */
final class ShardMembers {

	private final List<Registration> registrations = new ArrayList<>(0);

	void add(Registration registration) {
		registration.index(this.registrations.size());
		this.registrations.add(registration);
	}

	/** Take a registration out; the last one takes its place. */
	void remove(Registration registration) {
		int index = registration.index();
		Registration last = this.registrations.remove(this.registrations.size() - 1);
		if (last != registration) {
			this.registrations.set(index, last);
			last.index(index);
		}
		registration.index(-1);
	}

	void deliver(Delivery delivery) {
		for (Registration registration : this.registrations) {
			registration.deliver(delivery);
		}
	}

	/** Deliver several events that all sessions get, and their bytes joined. */
	void deliver(List<Delivery> deliveries, Frame joined) {
		for (Registration registration : this.registrations) {
			registration.deliver(deliveries, joined);
		}
	}

}
