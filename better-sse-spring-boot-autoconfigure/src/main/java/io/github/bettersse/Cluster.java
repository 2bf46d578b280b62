package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.eventlog.EventLog;

/**
 * The nodes that follow the same log: each says about every second that it is there. A
 * node is gone when another one has read many of its own beats since the last of that
 * node. So nobody is gone because Redis is not there, or because this node itself stood
 * still. That a node is gone is told through the log too: the first to find out is heard.
 *
 * <pre>
 *   unknown --beat--&gt; alive --silent for 4 beats of this node--&gt; suspected (this node tells)
 *                       ^                                             |
 *                       +--beat--  gone  &lt;--read: it is gone----------+
 * </pre>
 *
 * What is read comes one by one, in the order of the log. Thread-safe.
 */
final class Cluster {

	private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int MAX_SILENT_BEATS = 4;

	private static final int STILL_BEATS = 2;

	private static final long MAX_WAIT_MILLIS = 1000;

	private final EventLog log;

	private final String name;

	private final String node = UUID.randomUUID().toString();

	private final ClusterPresence presence;

	private final DefaultChannelRegistry channels;

	private final EngineParts parts;

	private final Map<String, Peer> peers = new HashMap<>();

	private boolean beatOnItsWay;

	private volatile boolean closed;

	private static final class Peer {

		private final SseNode info;

		private final long position;

		private int silentBeats;

		/** A node that has said how far it had come. */
		Peer(SseNode info, long position) {
			this.info = info;
			this.position = position;
		}

		/**
		 * Return what there is to see: a node that is silent may have read no further.
		 */
		SseNode info(long newest) {
			return (this.silentBeats < STILL_BEATS) ? this.info : new SseNode(this.info.id(), this.info.name(),
					this.info.sessionCount(), Math.max(this.info.lag(), newest - this.position));
		}

	}

	Cluster(EngineParts parts, String name, DefaultChannelRegistry channels) {
		this.parts = parts;
		this.log = parts.log();
		this.name = name;
		this.channels = channels;
		this.presence = new ClusterPresence(this.node, this::tell, channels);
	}

	Others presence() {
		return this.presence;
	}

	/** Begin to take part. */
	void start() {
		tell(NodeMessage.of(NodeMessage.Kind.HELLO, this.node));
		beat();
	}

	private void beat() {
		if (this.closed) {
			return;
		}
		synchronized (this.peers) {
			if (!this.beatOnItsWay) {
				this.beatOnItsWay = true;
				tell(new NodeMessage(NodeMessage.Kind.BEAT, this.node, List.of(this.name),
						List.of(this.log.getPosition().sequence(), (long) this.parts.sessions().open().size())));
			}
		}
		this.parts.timer().schedule(this::beat, BEAT_NANOS);
	}

	/** Tell all nodes something, this one included. */
	void tell(NodeMessage message) {
		this.log.tell(message.toBytes());
	}

	void tell(NodeMessage.Kind kind, String... texts) {
		tell(NodeMessage.of(kind, this.node, texts));
	}

	/** Read what a node has told. */
	void read(byte[] bytes) {
		NodeMessage message = NodeMessage.read(bytes);
		if (message == null) {
			return;
		}
		heard(message);
		boolean own = message.node().equals(this.node);
		switch (message.kind()) {
			case BEAT -> beat(message, own);
			case HELLO -> {
				if (!own) {
					this.presence.tellAll();
				}
			}
			case PRESENCE -> this.presence.read(message);
			case GONE -> gone(message.text(0), own);
			case REVOKE -> {
				if (!own) {
					this.channels.revokeHere(message.text(0), message.text(1));
				}
			}
			case REMOVE -> {
				if (!own) {
					this.channels.removeHere(message.text(0));
				}
			}
			case DISCONNECT -> {
				if (!own) {
					this.parts.sessions().disconnect(message.text(0));
				}
			}
		}
	}

	/** A node that says anything is there, and will be missed. */
	private void heard(NodeMessage message) {
		if (message.kind() != NodeMessage.Kind.GONE) {
			synchronized (this.peers) {
				this.peers.computeIfAbsent(message.node(),
						(id) -> new Peer(new SseNode(id, "", 0, 0), this.log.getPosition().sequence()));
			}
		}
	}

	private void beat(NodeMessage beat, boolean own) {
		long lag = Math.max(0, this.log.getPosition().sequence() - beat.count(0));
		SseNode info = new SseNode(beat.node(), beat.text(0), (int) beat.count(1), lag);
		List<String> silent = new ArrayList<>();
		synchronized (this.peers) {
			this.peers.put(beat.node(), new Peer(info, beat.count(0)));
			if (own) {
				this.beatOnItsWay = false;
				this.peers.forEach((id, other) -> {
					if (!id.equals(this.node) && ++other.silentBeats > MAX_SILENT_BEATS) {
						silent.add(id);
					}
				});
			}
		}
		silent.forEach((id) -> tell(NodeMessage.Kind.GONE, id));
	}

	private void gone(String id, boolean told) {
		synchronized (this.peers) {
			this.peers.remove(id);
		}
		if (!id.equals(this.node) || !this.closed) {
			this.presence.gone(id, told);
		}
	}

	/** Messages of others, and to others, are lost. */
	void lost() {
		synchronized (this.peers) {
			this.beatOnItsWay = false;
		}
		this.presence.lost();
		tell(NodeMessage.Kind.HELLO);
	}

	/** Return the nodes that there are. */
	Collection<SseNode> nodes() {
		synchronized (this.peers) {
			long newest = this.log.getPosition().sequence();
			return this.peers.values().stream().map((peer) -> peer.info(newest)).toList();
		}
	}

	/**
	 * Take part no more. The users of this node have left before, and that is told here.
	 */
	void close() {
		try {
			this.presence.awaitTold(MAX_WAIT_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.closed = true;
		tell(NodeMessage.Kind.GONE, this.node);
	}

}
