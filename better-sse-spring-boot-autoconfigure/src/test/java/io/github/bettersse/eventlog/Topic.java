package io.github.bettersse.eventlog;

import java.util.ArrayList;
import java.util.List;

/**
 * What the nodes of a {@link TopicEventLog} share: records in one order, all of which are
 * kept. Stands for a topic of a broker, or for a table; thread-safe.
 */
final class Topic {

	private static final long MAX_WAIT_MILLIS = 100;

	private final List<Item> items = new ArrayList<>();

	private Position start = Position.newEpoch();

	private long events;

	/** A record. A real topic has bytes of them, with a version. */
	sealed interface Item {

	}

	/** An event; the key is that of one append. */
	record Event(String key, LogEvent event) implements Item {
	}

	/** What is retained of a channel up to a sequence is given back. */
	record Forgotten(String channel, long upTo) implements Item {
	}

	/** An id that the application gave to a push. */
	record GivenId(String node, String id, Position position) implements Item {
	}

	/** What a node has told. */
	record Told(byte[] message) implements Item {
	}

	/**
	 * A part of the topic.
	 *
	 * @param start the position before the first event of all
	 * @param items what comes behind the place from where it was read; from the begin if
	 * that place is of a topic that is gone
	 */
	record Page(Position start, List<Item> items) {
	}

	synchronized void add(Item item) {
		this.items.add(item);
		this.events += (item instanceof Event) ? 1 : 0;
		notifyAll();
	}

	/** Read all that there is. */
	synchronized Page read() {
		return new Page(this.start, List.copyOf(this.items));
	}

	/**
	 * Read on, or wait a moment for there to be more; all of it if it is another topic.
	 */
	synchronized Page read(String epoch, int from) throws InterruptedException {
		if (epoch.equals(this.start.epoch()) && from == this.items.size()) {
			wait(MAX_WAIT_MILLIS);
		}
		return epoch.equals(this.start.epoch())
				? new Page(this.start, List.copyOf(this.items.subList(from, this.items.size()))) : read();
	}

	synchronized int size() {
		return this.items.size();
	}

	/** Begin anew, above all positions that there were. */
	synchronized void loseAll() {
		this.start = Position.newEpoch().at(this.start.sequence() + this.events + 1);
		this.events = 0;
		this.items.clear();
		notifyAll();
	}

}
