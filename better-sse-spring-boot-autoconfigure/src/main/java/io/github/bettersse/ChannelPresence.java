package io.github.bettersse;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The sessions in one channel that others see, and their users: those of this node, and
 * what is known of other nodes. Where there are others, they decide together whether a
 * user has joined or left. Thread-safe. Listeners run one after the other, in the order
 * of what they are told.
 */
final class ChannelPresence {

	private final Places<Registration> registrations = new Places<>(Registration::presenceIndex,
			Registration::presenceIndex);

	/** Those of nobody by {@code null}. */
	private final Map<@Nullable String, Integer> sessionsByUser = new HashMap<>();

	private final List<Consumer<String>> joined = new CopyOnWriteArrayList<>();

	private final List<Consumer<String>> left = new CopyOnWriteArrayList<>();

	private final String channel;

	private final Others others;

	private final SerialExecutor executor;

	ChannelPresence(String channel, Others others, SerialExecutor executor) {
		this.channel = channel;
		this.others = others;
		this.executor = executor;
	}

	void onJoined(Consumer<String> listener) {
		this.joined.add(listener);
	}

	void onLeft(Consumer<String> listener) {
		this.left.add(listener);
	}

	boolean hasListeners() {
		return !this.joined.isEmpty() || !this.left.isEmpty();
	}

	synchronized void add(Registration registration) {
		if (this.registrations.add(registration)) {
			changed(registration.session().userName(), 1);
		}
	}

	synchronized void remove(Registration registration) {
		if (this.registrations.remove(registration)) {
			changed(registration.session().userName(), -1);
		}
	}

	private void changed(@Nullable String user, int change) {
		int before = this.sessionsByUser.getOrDefault(user, 0);
		int after = before + change;
		if (after > 0) {
			this.sessionsByUser.put(user, after);
		}
		else {
			this.sessionsByUser.remove(user);
		}
		if (this.others.changed(this.channel, user, after) || user == null) {
			return;
		}
		if (before == 0) {
			joined(user);
		}
		else if (after == 0) {
			left(user);
		}
	}

	/** Tell that the first session of a user is there. */
	void joined(String user) {
		tell(this.joined, user);
	}

	/** Tell that the last session of a user is gone. */
	void left(String user) {
		tell(this.left, user);
	}

	private void tell(List<Consumer<String>> listeners, String user) {
		listeners.forEach((listener) -> this.executor.execute(() -> listener.accept(user)));
	}

	synchronized Collection<DefaultSession<?>> sessions() {
		return this.registrations.elements().stream().<DefaultSession<?>>map(Registration::session).toList();
	}

	synchronized int sessionCount() {
		return this.registrations.elements().size();
	}

	/** Return whether there are sessions on other nodes. */
	boolean hasOthers() {
		return this.others.sessionCount(this.channel) > 0;
	}

	Presence snapshot() {
		Set<String> users = new HashSet<>(this.others.users(this.channel));
		synchronized (this) {
			this.sessionsByUser.keySet().stream().filter(Objects::nonNull).forEach(users::add);
			return new Snapshot(sessionCount() + this.others.sessionCount(this.channel), Set.copyOf(users));
		}
	}

	private record Snapshot(int sessionCount, Set<String> users) implements Presence {

		@Override
		public int getSessionCount() {
			return this.sessionCount;
		}

		@Override
		public Set<String> getUsers() {
			return this.users;
		}

	}

}
