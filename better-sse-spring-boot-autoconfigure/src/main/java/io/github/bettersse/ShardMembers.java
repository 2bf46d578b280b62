package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;

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

	/**
	 * Deliver in groups, first to those whose sockets seem to take something. To look at
	 * a whole group has its memory fetched at once. One session after the other would
	 * wait for its own, since no cache holds thousands of them: half of the time that is
	 * not the kernel's.
	 */
	void deliver(DeliveryRun run) {
		for (int from = 0; from < this.registrations.size(); from += GROUP) {
			List<Registration> group = this.registrations.subList(from,
					Math.min(from + GROUP, this.registrations.size()));
			int ready = 0;
			for (int i = 0; i < group.size(); i++) {
				ready |= group.get(i).seemsReady() ? 1 << i : 0;
			}
			deliver(run, group, ready);
			deliver(run, group, ~ready);
		}
	}

	private static void deliver(DeliveryRun run, List<Registration> group, int chosen) {
		for (int i = 0; i < group.size(); i++) {
			if ((chosen & 1 << i) != 0) {
				group.get(i).deliver(run);
			}
		}
	}

}
