package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * The place of one session among those that are allowed. Thread-safe.
 */
final class SessionSlot {

	private final SessionSlots slots;

	private final @Nullable String user;

	private final @Nullable String address;

	private final @Nullable Limit exceeded;

	private boolean free;

	SessionSlot(SessionSlots slots, @Nullable String user, @Nullable String address, @Nullable Limit exceeded) {
		this.slots = slots;
		this.user = user;
		this.address = address;
		this.exceeded = exceeded;
		this.free = exceeded != null;
	}

	/** Return the limit that lets there be no place, {@code null} if there is one. */
	@Nullable Limit exceeded() {
		return this.exceeded;
	}

	/** Give the place back. Does nothing after the first time. */
	void free() {
		synchronized (this) {
			if (this.free) {
				return;
			}
			this.free = true;
		}
		this.slots.free(this.user, this.address);
	}

}
