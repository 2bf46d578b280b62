package io.github.bettersse;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The sessions in one channel on this node that others see, and their users. Thread-safe.
 * Listeners run one after the other, in the order of what they are told.
 */
final class ChannelPresence {

	private final Set<DefaultSession<?>> sessions = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> sessionsByUser = new HashMap<>();

	private final List<Consumer<String>> joined = new CopyOnWriteArrayList<>();

	private final List<Consumer<String>> left = new CopyOnWriteArrayList<>();

	private final SerialExecutor executor;

	ChannelPresence(Executor executor) {
		this.executor = new SerialExecutor(executor);
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

	synchronized void add(DefaultSession<?> session) {
		String user = session.userName();
		if (this.sessions.add(session) && user != null && this.sessionsByUser.merge(user, 1, Integer::sum) == 1) {
			tell(this.joined, user);
		}
	}

	synchronized void remove(DefaultSession<?> session) {
		String user = session.userName();
		if (this.sessions.remove(session) && user != null && this.sessionsByUser.computeIfPresent(user,
				(name, count) -> (count > 1) ? count - 1 : null) == null) {
			tell(this.left, user);
		}
	}

	private void tell(List<Consumer<String>> listeners, String user) {
		listeners.forEach((listener) -> this.executor.execute(() -> listener.accept(user)));
	}

	Collection<DefaultSession<?>> sessions() {
		return List.copyOf(this.sessions);
	}

	int sessionCount() {
		return this.sessions.size();
	}

	synchronized Presence snapshot() {
		return new Snapshot(this.sessions.size(), Set.copyOf(this.sessionsByUser.keySet()));
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
