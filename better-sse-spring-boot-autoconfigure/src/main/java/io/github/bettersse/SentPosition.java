package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How far in the log a session has come with what was queued for it, filtered events
 * included, and whether its client knows. Unknown before its first replay is done. Under
 * the monitor of its queue.
 */
final class SentPosition {

	private static final long UNKNOWN = -1;

	private long position = UNKNOWN;

	/** The position that the client has from the last id. */
	private long known = UNKNOWN;

	private List<LongConsumer> waiting = List.of();

	/** An event was queued that carries its position or an id that stands for it. */
	void sent(long sequence) {
		if (this.position != UNKNOWN) {
			this.position = sequence;
			this.known = sequence;
		}
	}

	/** An event was kept from the session. */
	void skipped(long sequence) {
		if (this.position != UNKNOWN) {
			this.position = sequence;
		}
	}

	/** All up to a position was dealt with. */
	void reached(long sequence, boolean known) {
		this.position = sequence;
		this.known = known ? sequence : UNKNOWN;
		this.waiting.forEach((consumer) -> consumer.accept(sequence));
		this.waiting = List.of();
	}

	/** Tell the position now, or as soon as it is known. */
	void tell(LongConsumer consumer, boolean later) {
		if (later || this.position == UNKNOWN) {
			this.waiting = new ArrayList<>(this.waiting);
			this.waiting.add(consumer);
		}
		else {
			consumer.accept(this.position);
		}
	}

	/** Return a position that the client should be told, or a negative number. */
	long untold() {
		return (this.known != this.position) ? this.position : UNKNOWN;
	}

}
