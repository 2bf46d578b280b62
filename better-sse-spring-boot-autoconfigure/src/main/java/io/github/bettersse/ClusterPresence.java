package io.github.bettersse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Who is where: what each node has told of its sessions, in the order of the log, so that
 * all nodes come to the same. Counts are told, not changes: telling them again does no
 * harm. Whether a user has joined or left the cluster shows when a message is read, and
 * the node that sent it tells its listeners: each time one node does.
 *
 * <pre>
 *   changed here --&gt; to be told --(one message at a time)--&gt; on its way --read--&gt; known to all
 *                       ^                                                          |
 *                       +-- a node asks, or messages are lost: all of it, again ---+
 * </pre>
 *
 * Thread-safe.
 */
final class ClusterPresence implements Others {

	private static final int MAX_ENTRIES = 500;

	private final String node;

	private final Consumer<NodeMessage> log;

	private final Events events;

	/** How many sessions there are on this node now. */
	private final Map<Place, Integer> own = new HashMap<>();

	private final Set<Place> untold = new LinkedHashSet<>();

	private boolean telling;

	/** By channel and user: the counts of each node, as read from the log. */
	private final Map<String, Map<String, Map<String, Integer>>> told = new HashMap<>();

	private record Place(String channel, String user) {
	}

	interface Events {

		void joined(String channel, String user);

		void left(String channel, String user);

	}

	ClusterPresence(String node, Consumer<NodeMessage> log, Events events) {
		this.node = node;
		this.log = log;
		this.events = events;
	}

	@Override
	public synchronized boolean changed(String channel, @Nullable String user, int count) {
		Place place = new Place(channel, NodeMessage.name(user));
		if (count > 0) {
			this.own.put(place, count);
		}
		else {
			this.own.remove(place);
		}
		this.untold.add(place);
		tell();
		return true;
	}

	private void tell() {
		if (this.telling || this.untold.isEmpty()) {
			return;
		}
		List<String> texts = new ArrayList<>();
		List<Long> counts = new ArrayList<>();
		Iterator<Place> places = this.untold.iterator();
		while (places.hasNext() && counts.size() < MAX_ENTRIES) {
			Place place = places.next();
			places.remove();
			texts.add(place.channel());
			texts.add(place.user());
			counts.add((long) this.own.getOrDefault(place, 0));
		}
		this.telling = true;
		this.log.accept(new NodeMessage(NodeMessage.Kind.PRESENCE, this.node, texts, counts));
	}

	/** Read what a node has told. */
	synchronized void read(NodeMessage message) {
		boolean own = message.node().equals(this.node);
		for (int i = 0; i < message.counts().size(); i++) {
			set(message.node(), message.text(2 * i), message.text(2 * i + 1), (int) message.count(i), own);
		}
		if (own) {
			this.telling = false;
			tell();
			notifyAll();
		}
	}

	private void set(String node, String channel, String user, int count, boolean tell) {
		Map<String, Integer> nodes = this.told.computeIfAbsent(channel, (name) -> new HashMap<>())
			.computeIfAbsent(user, (name) -> new HashMap<>());
		boolean before = !nodes.isEmpty();
		if (count > 0) {
			nodes.put(node, count);
		}
		else {
			nodes.remove(node);
		}
		boolean after = !nodes.isEmpty();
		if (!after) {
			this.told.get(channel).remove(user);
			this.told.computeIfPresent(channel, (name, users) -> users.isEmpty() ? null : users);
		}
		if (tell && before != after && !NodeMessage.isNobody(user)) {
			if (after) {
				this.events.joined(channel, user);
			}
			else {
				this.events.left(channel, user);
			}
		}
	}

	/**
	 * A node is gone; if that is this one, it is not.
	 * @param tell whether this node has found out
	 */
	synchronized void gone(String node, boolean tell) {
		List<Place> places = new ArrayList<>();
		this.told.forEach((channel, users) -> users.forEach((user, nodes) -> {
			if (nodes.containsKey(node)) {
				places.add(new Place(channel, user));
			}
		}));
		places.forEach((place) -> set(node, place.channel(), place.user(), 0, tell));
		if (node.equals(this.node)) {
			tellAll();
		}
	}

	/** Tell what there is on this node, for those who do not know. */
	synchronized void tellAll() {
		this.untold.addAll(this.own.keySet());
		tell();
	}

	/** Wait until all that has changed here is read, but not for longer than so much. */
	synchronized void awaitTold(long millis) throws InterruptedException {
		long end = System.currentTimeMillis() + millis;
		for (long left = millis; left > 0 && this.telling; left = end - System.currentTimeMillis()) {
			wait(left);
		}
	}

	/** Messages are lost: forget what others have told, and tell all again. */
	synchronized void lost() {
		this.told.values()
			.forEach((users) -> users.values().forEach((nodes) -> nodes.keySet().retainAll(Set.of(this.node))));
		this.told.values().forEach((users) -> users.values().removeIf(Map::isEmpty));
		this.told.values().removeIf(Map::isEmpty);
		this.telling = false;
		tellAll();
	}

	@Override
	public synchronized int sessionCount(String channel) {
		return this.told.getOrDefault(channel, Map.of())
			.values()
			.stream()
			.flatMap((nodes) -> nodes.entrySet().stream())
			.filter((node) -> !node.getKey().equals(this.node))
			.mapToInt(Map.Entry::getValue)
			.sum();
	}

	@Override
	public synchronized Set<String> users(String channel) {
		Set<String> users = new HashSet<>();
		this.told.getOrDefault(channel, Map.of()).forEach((user, nodes) -> {
			if (!NodeMessage.isNobody(user) && (nodes.size() > 1 || !nodes.containsKey(this.node))) {
				users.add(user);
			}
		});
		return users;
	}

}
