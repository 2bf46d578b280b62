package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The channels that one session is registered with. A registration collects events at
 * once, but shows in its channel only when the session is open, so that a refused session
 * leaves no trace. It is found here until its end is in the shard: who finds it no more
 * finds that pending. Thread-safe.
 */
final class SessionRegistrations {

	private volatile List<Registration> registrations = List.of();

	/** Whether the head is out. */
	private boolean begun;

	private boolean active;

	private boolean closed;

	/**
	 * Add a registration unless the session is registered with the channel already. The
	 * first one that the application makes before the head is out says what is replayed.
	 * @return the registration that there is now
	 * @throws SseException if the session has ended
	 */
	synchronized Registration add(Registration registration) {
		if (this.closed) {
			throw new SseException("Cannot register a non-active session.");
		}
		Registration known = find(registration.channel());
		if (known != null) {
			if (!known.wasAskedFor() && registration.wasAskedFor() && !this.begun) {
				known.replayAs(registration);
			}
			return known;
		}
		List<Registration> longer = new ArrayList<>(this.registrations);
		longer.add(registration);
		this.registrations = List.copyOf(longer);
		registration.channel().members().join(registration, this.begun);
		if (this.active) {
			registration.channel().members().include(registration);
			registration.channel().members().show(registration);
		}
		return registration;
	}

	/**
	 * The head is out.
	 * @param replay gets all registrations that were made before
	 */
	synchronized void begin(Consumer<List<Registration>> replay) {
		this.begun = true;
		replay.accept(this.registrations);
	}

	/**
	 * Take the registration with a channel out.
	 * @return false if there is none
	 */
	synchronized boolean remove(DefaultChannel<?, ?> channel) {
		Registration registration = find(channel);
		if (registration == null) {
			return false;
		}
		channel.members().leave(registration, false);
		this.registrations = this.registrations.stream().filter((other) -> other != registration).toList();
		channel.members().hide(registration, false);
		return true;
	}

	/**
	 * The session is about to open: count it in its channels, before any listener runs.
	 */
	synchronized void include() {
		this.registrations.forEach((registration) -> registration.channel().members().include(registration));
	}

	/** The session is open: show it in its channels. */
	synchronized void activate() {
		this.active = true;
		include();
		this.registrations.forEach((registration) -> registration.channel().members().show(registration));
	}

	/** The session has ended. */
	synchronized void removeAll() {
		this.closed = true;
		List<Registration> removed = this.registrations;
		removed.forEach((registration) -> registration.channel().members().leave(registration, true));
		this.registrations = List.of();
		removed.forEach((registration) -> registration.channel().members().hide(registration, true));
	}

	boolean anyMatch(Predicate<Registration> condition) {
		for (Registration registration : this.registrations) {
			if (condition.test(registration)) {
				return true;
			}
		}
		return false;
	}

	void forEach(Consumer<Registration> action) {
		this.registrations.forEach(action);
	}

	@Nullable Registration find(DefaultChannel<?, ?> channel) {
		for (Registration registration : this.registrations) {
			if (registration.channel() == channel) {
				return registration;
			}
		}
		return null;
	}

}
