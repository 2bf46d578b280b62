package io.github.bettersse;

import io.github.bettersse.event.Frame;
import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * The id that a client has after it has read all that was queued for it. Where that is a
 * position it is kept as a number: to refer to another string with each event would make
 * the garbage collector look at each session again. Under the monitor of its queue.
 */
final class SentId {

	/** Null where the id is a position. */
	private @Nullable String text;

	private String epoch = "";

	private long sequence;

	SentId(String text) {
		this.text = text;
	}

	/** A frame was queued, with an id or without. */
	void follow(Frame frame) {
		String id = frame.getLastId();
		if (id != null) {
			this.text = id;
		}
	}

	void set(Position position) {
		if (this.text != null) {
			this.text = null;
		}
		if (!this.epoch.equals(position.epoch())) {
			this.epoch = position.epoch();
		}
		this.sequence = position.sequence();
	}

	@Override
	public String toString() {
		return (this.text != null) ? this.text : new Position(this.epoch, this.sequence).toString();
	}

}
