package io.github.bettersse;

import java.util.List;

/**
 * The registrations of one channel in one shard. For the shard's thread alone.
 */
final class ShardMembers {

	/** How many are looked at before any of them gets an event; a bit each. */
	private static final int GROUP = 16;

	private final Places<Registration> registrations = new Places<>(Registration::index, Registration::index);

	void add(Registration registration) {
		this.registrations.add(registration);
	}

	void remove(Registration registration) {
		this.registrations.remove(registration);
	}

	/**
	 * Deliver in groups, first to those whose sockets seem to take something. To look at
	 * a whole group has its memory fetched at once. One session after the other would
	 * wait for its own, since no cache holds thousands of them: half of the time that is
	 * not the kernel's.
	 */
	void deliver(DeliveryRun run) {
		List<Registration> all = this.registrations.elements();
		for (int from = 0; from < all.size(); from += GROUP) {
			List<Registration> group = all.subList(from, Math.min(from + GROUP, all.size()));
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
