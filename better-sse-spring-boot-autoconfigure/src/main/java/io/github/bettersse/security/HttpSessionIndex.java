package io.github.bettersse.security;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;

import io.github.bettersse.Session;

/**
 * The sessions of each HTTP session. Thread-safe.
 * <p>
 * A request may have read the id of its HTTP session just before that was changed or
 * ended, and add a session just after. So what has become of an id is kept for a while:
 *
 * <pre>
 *   add(id)     id in use    -&gt; found by id
 *               id renamed   -&gt; found by what it was renamed to
 *               id ended     -&gt; not added
 * </pre>
 *
 * An id that is given again, as some containers do, is in use again.
 */
final class HttpSessionIndex {

	/** More than there are requests at a time. */
	private static final int MAX_PAST = 10_000;

	private static final String ENDED = "";

	private final Map<String, Set<Session<?>>> sessions = new HashMap<>();

	private final Map<Session<?>, String> ids = new HashMap<>();

	/** What has become of an id: another one, or the end. */
	private final Map<String, String> past = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Entry<String, String> eldest) {
			return size() > MAX_PAST;
		}

	};

	/**
	 * Add a session.
	 * @param id of its HTTP session when its request was read
	 * @return false if that has ended meanwhile
	 */
	synchronized boolean add(String id, Session<?> session) {
		String current = id;
		while (this.past.containsKey(current)) {
			current = this.past.get(current);
		}
		if (current.equals(ENDED)) {
			return false;
		}
		put(current, session);
		return true;
	}

	private void put(String id, Session<?> session) {
		this.ids.put(session, id);
		this.sessions.computeIfAbsent(id, (absent) -> new HashSet<>()).add(session);
	}

	/** Forget a session that has ended. */
	synchronized void remove(Session<?> session) {
		String id = this.ids.remove(session);
		if (id != null) {
			this.sessions.computeIfPresent(id, (key, known) -> {
				known.remove(session);
				return known.isEmpty() ? null : known;
			});
		}
	}

	/** An HTTP session has got this id. */
	synchronized void begin(String id) {
		this.past.remove(id);
	}

	/** An HTTP session has got another id. Does nothing if that is known. */
	synchronized void rename(String oldId, String newId) {
		if (oldId.equals(newId) || newId.equals(this.past.get(oldId))) {
			return;
		}
		this.past.remove(newId);
		this.past.put(oldId, newId);
		Set<Session<?>> moved = this.sessions.remove(oldId);
		if (moved != null) {
			moved.forEach((session) -> put(newId, session));
		}
	}

	/**
	 * An HTTP session has ended.
	 * @return its sessions
	 */
	synchronized List<Session<?>> end(String id) {
		this.past.put(id, ENDED);
		Set<Session<?>> ended = this.sessions.remove(id);
		if (ended == null) {
			return List.of();
		}
		ended.forEach(this.ids::remove);
		return List.copyOf(ended);
	}

	/** Return how many sessions there are. */
	synchronized int size() {
		return this.ids.size();
	}

}
