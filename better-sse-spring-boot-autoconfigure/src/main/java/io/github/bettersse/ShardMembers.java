package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.bettersse.event.Frame;

/**
 * The registrations of one channel in one shard. For the shard's thread alone.
 */
final class ShardMembers {

	/** How many are looked at before any of them gets an event; a bit each. */
	private static final int GROUP = 16;

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
		forEach((registration) -> registration.deliver(delivery));
	}

	/** Deliver several events that all sessions get, and their bytes joined. */
	void deliver(List<Delivery> deliveries, Frame joined) {
		forEach((registration) -> registration.deliver(deliveries, joined));
	}

	/**
	 * Do something to all, in groups: first to those whose sockets seem to take
	 * something. To look at a whole group has its memory fetched at once. One session
	 * after the other would wait for its own, since no cache holds thousands of them:
	 * half of the time that is not the kernel's.
	 */
	private void forEach(Consumer<Registration> action) {
		for (int from = 0; from < this.registrations.size(); from += GROUP) {
			List<Registration> group = this.registrations.subList(from,
					Math.min(from + GROUP, this.registrations.size()));
			int ready = 0;
			for (int i = 0; i < group.size(); i++) {
				ready |= group.get(i).seemsReady() ? 1 << i : 0;
			}
			forEach(group, ready, action);
			forEach(group, ~ready, action);
		}
	}

	private static void forEach(List<Registration> group, int chosen, Consumer<Registration> action) {
		for (int i = 0; i < group.size(); i++) {
			if ((chosen & 1 << i) != 0) {
				action.accept(group.get(i));
			}
		}
	}

}
