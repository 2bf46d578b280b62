package io.github.bettersse;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.bettersse.event.Frame;

/**
 * Events of one channel that have come together and go to its sessions together. Their
 * bytes are joined once for all sessions that get the same of them. For the shard's
 * thread alone.
 */
final class DeliveryRun {

	private static final int MAX_BYTES = 64 * 1024;

	/** A bit for each, where a filter chooses. */
	private static final int MAX_FILTERED = Long.SIZE;

	/**
	 * How many choices are joined. Where nearly every session gets something else, each
	 * would hold bytes of its own while they wait.
	 */
	private static final int MAX_CHOICES = 64;

	/** Some of the events, or all, and their bytes. */
	record Part(List<Delivery> deliveries, Frame joined) {

		static Part of(List<Delivery> deliveries) {
			return new Part(deliveries, Frame.join(deliveries.stream().map(Delivery::frame).toList()));
		}

	}

	private final List<Delivery> deliveries = new ArrayList<>();

	private boolean filtered;

	private long bytes;

	/** What everybody gets where nothing is filtered. */
	private List<Part> all = List.of();

	/** By the events that are accepted, a bit each. */
	private final Map<Long, List<Part>> choices = new HashMap<>();

	private DeliveryRun() {
	}

	/** Take an event and those after it that go with it. */
	static DeliveryRun take(Delivery first, Deque<Object> following) {
		DeliveryRun run = new DeliveryRun();
		run.add(first);
		while (following.peek() instanceof Delivery next && run.takes(next)) {
			following.remove();
			run.add(next);
		}
		if (!run.filtered) {
			run.all = List.of(Part.of(run.deliveries));
		}
		return run;
	}

	private void add(Delivery delivery) {
		this.deliveries.add(delivery);
		this.filtered |= delivery.isFiltered();
		this.bytes += delivery.frame().size();
	}

	private boolean takes(Delivery next) {
		return next.channel() == channel() && this.bytes + next.frame().size() <= MAX_BYTES
				&& (this.deliveries.size() < MAX_FILTERED || !(this.filtered || next.isFiltered()));
	}

	DefaultChannel<?, ?> channel() {
		return this.deliveries.get(0).channel();
	}

	int size() {
		return this.deliveries.size();
	}

	/** Return whether some sessions may get less than all. */
	boolean isFiltered() {
		return this.filtered;
	}

	/** Return the place of the last event in the log. */
	long lastSequence() {
		return this.deliveries.get(size() - 1).sequence();
	}

	/** Return what a session gets, in the order of the events. */
	List<Part> acceptedBy(DefaultSession<?> session) {
		if (!this.filtered) {
			return this.all;
		}
		long accepted = 0;
		for (int i = 0; i < size(); i++) {
			accepted |= this.deliveries.get(i).accepts(session) ? 1L << i : 0;
		}
		List<Part> parts = this.choices.get(accepted);
		if (parts == null) {
			parts = choose(accepted);
		}
		return parts;
	}

	private List<Part> choose(long accepted) {
		List<Delivery> chosen = IntStream.range(0, size())
			.filter((i) -> (accepted & 1L << i) != 0)
			.mapToObj(this.deliveries::get)
			.toList();
		if (this.choices.size() >= MAX_CHOICES) {
			return chosen.stream().map(List::of).map(Part::of).toList();
		}
		List<Part> parts = chosen.isEmpty() ? List.of() : List.of(Part.of(chosen));
		this.choices.put(accepted, parts);
		return parts;
	}

	/** The sessions of one shard have them. */
	void done() {
		this.deliveries.forEach(Delivery::done);
	}

}
