package io.github.bettersse;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of one channel, by shard. A session joins and leaves by a command in
 * its shard, so that it gets exactly what was broadcast in between. Thread-safe.
 */
final class ChannelMembers<S> {

	private final DefaultChannel<?, S> channel;

	private final ChannelListeners<S> listeners;

	private final ChannelPresence presence;

	private final ChannelRecorder recorder;

	private final EngineParts parts;

	/** By shard; each for its thread alone. */
	private final List<ShardMembers> members;

	/** By shard: how many registrations there are or are about to be. */
	private final AtomicIntegerArray counts;

	/** By shard: the number of the newest event there. */
	private final AtomicLongArray lastTickets;

	ChannelMembers(DefaultChannel<?, S> channel, ChannelListeners<S> listeners, Others others, EngineParts parts) {
		this.channel = channel;
		this.listeners = listeners;
		this.presence = new ChannelPresence(channel.getName(), others,
				new SerialExecutor(parts.executor(), parts.failures()));
		this.recorder = parts.recorder().channel(channel.getName());
		this.parts = parts;
		int shards = parts.shards().size();
		this.members = IntStream.range(0, shards).mapToObj((i) -> new ShardMembers()).toList();
		this.counts = new AtomicIntegerArray(shards);
		this.lastTickets = new AtomicLongArray(shards);
	}

	/** Hand an event to each shard that has sessions. Called in the order of the log. */
	void deliver(LogEntry entry, @Nullable BiPredicate<DefaultSession<?>, SseEvent> filter) {
		int[] shards = IntStream.range(0, this.counts.length()).filter((i) -> this.counts.get(i) > 0).toArray();
		if (shards.length == 0) {
			return;
		}
		Delivery delivery = new Delivery(this.channel, entry, filter, this.parts, shards.length);
		for (int shard : shards) {
			this.parts.shards().get(shard).submit(delivery, (ticket) -> this.lastTickets.set(shard, ticket));
		}
	}

	ShardMembers of(int shard) {
		return this.members.get(shard);
	}

	/** Return whether an event of this channel waits in a shard. */
	boolean isPending(DeliveryShard shard) {
		return shard.isPending(this.lastTickets.get(shard.index()));
	}

	/**
	 * Let a session get what is broadcast from now on.
	 * @param live whether the session is open and not about to replay all together
	 */
	void join(Registration registration, boolean live) {
		SessionOutlet outlet = registration.session().outlet();
		DeliveryShard shard = outlet.order().shard();
		this.counts.incrementAndGet(shard.index());
		this.parts.follower().submit(shard, (position) -> {
			registration.joinedAt(position);
			Latest latest = this.channel.latest();
			return () -> {
				this.members.get(shard.index()).add(registration);
				outlet.history().joined(registration, position, latest, live);
			};
		}, (ticket) -> {
		});
	}

	/**
	 * Let a session get no more than what was broadcast before.
	 * @param ended whether that is because it has ended
	 */
	void leave(Registration registration, boolean ended) {
		SessionOutlet outlet = registration.session().outlet();
		int shard = outlet.order().shard().index();
		outlet.order().submit(() -> {
			this.members.get(shard).remove(registration);
			outlet.history().left(registration, ended);
			if (this.counts.decrementAndGet(shard) == 0) {
				this.channel.used();
			}
		});
	}

	/** Count a session that is open among the channel's. */
	void include(Registration registration) {
		this.presence.add(registration);
	}

	/** Tell of a session that is open. */
	void show(Registration registration) {
		registration.shown(true);
		DefaultSession<?> session = registration.session();
		this.listeners.registered(session);
		session.outlet().executor().execute(() -> this.parts.lifecycleListener().onRegistered(this.channel, session));
	}

	/** Tell that a session is told to have lost events. */
	void reset(Registration registration, Replay replay) {
		this.listeners.reset(registration.session(), replay);
	}

	/** Show a session no more, if it was shown. */
	void hide(Registration registration, boolean disconnected) {
		DefaultSession<?> session = registration.session();
		this.presence.remove(registration);
		if (registration.isShown()) {
			if (disconnected) {
				this.listeners.disconnected(session);
			}
			this.listeners.deregistered(session);
			session.outlet()
				.executor()
				.execute(() -> this.parts.lifecycleListener().onDeregistered(this.channel, session));
		}
	}

	ChannelRecorder recorder() {
		return this.recorder;
	}

	/** Return those that others see. */
	ChannelPresence presence() {
		return this.presence;
	}

	/** Return whether nobody takes part or listens to who does. */
	boolean isUnused() {
		return isEmpty() && !this.presence.hasListeners();
	}

	boolean isEmpty() {
		return IntStream.range(0, this.counts.length()).allMatch((i) -> this.counts.get(i) == 0);
	}

}
