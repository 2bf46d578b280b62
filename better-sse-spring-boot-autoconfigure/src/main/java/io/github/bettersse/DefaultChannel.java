package io.github.bettersse;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.github.bettersse.event.EncodedEvent;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Channel}. A session joins and leaves by a command in
 * its shard, so that it gets exactly what was broadcast in between.
 */
final class DefaultChannel<C, S> implements Channel<C, S> {

	private final String name;

	private final ChannelOptions<C, S> options;

	private final DefaultChannelRegistry registry;

	private final EngineParts parts;

	private final ChannelListeners<S> listeners = new ChannelListeners<>();

	/** All registrations, also those of sessions that are still opening. */
	private final Set<Registration> registrations = ConcurrentHashMap.newKeySet();

	/** The sessions that others see. */
	private final Set<Session<? extends S>> sessions = ConcurrentHashMap.newKeySet();

	/** By shard; each for its thread alone. */
	private final List<ShardMembers> members;

	/** By shard: how many registrations there are or are about to be. */
	private final AtomicIntegerArray memberCounts;

	/** By shard: the number of the newest event there. */
	private final AtomicLongArray lastTickets;

	private volatile @Nullable C state;

	DefaultChannel(String name, ChannelOptions<C, S> options, DefaultChannelRegistry registry, EngineParts parts) {
		this.name = name;
		this.options = options;
		this.registry = registry;
		this.parts = parts;
		this.state = options.state();
		int shards = parts.shards().size();
		this.members = IntStream.range(0, shards).mapToObj((i) -> new ShardMembers()).toList();
		this.memberCounts = new AtomicIntegerArray(shards);
		this.lastTickets = new AtomicLongArray(shards);
	}

	@Override
	public String getName() {
		return this.name;
	}

	ChannelOptions<C, S> options() {
		return this.options;
	}

	@Override
	public C getState() {
		C state = known().state;
		if (state == null) {
			throw new IllegalStateException(this + " has no state: none was given with its options or by setState.");
		}
		return state;
	}

	@Override
	public void setState(C state) {
		this.registry.use(this, (channel) -> channel.state = state);
	}

	@Override
	public void register(Session<? extends S> session) {
		DefaultSession<?> own = own(session);
		SessionRegistrations registrations = own.outlet().registrations();
		try {
			this.registry.use(this, (channel) -> registrations.add(new Registration(channel, own)),
					registrations::remove);
		}
		finally {
			this.registry.forgetIfUnused(known());
		}
	}

	@Override
	public void deregister(Session<?> session) {
		own(session).outlet().registrations().remove(known());
	}

	@Override
	public void broadcast(@Nullable SseEvent event) {
		join(known().append((event != null) ? event : SseEvent.of(null).name(Session.DEFAULT_EVENT_NAME), null));
	}

	@Override
	public void broadcast(SseEvent event, Predicate<? super Session<? extends S>> filter) {
		join(known().append(event, filter));
	}

	@Override
	public CompletableFuture<String> broadcastAsync(SseEvent event) {
		return known().append(event, null).thenApply(Position::toString);
	}

	@Override
	public Collection<Session<? extends S>> getSessions() {
		return List.copyOf(known().sessions);
	}

	@Override
	public int getSessionCount() {
		return known().sessions.size();
	}

	@Override
	public String getPosition() {
		return this.parts.log().getPosition().toString();
	}

	@Override
	public Channel<C, S> onRegistered(Consumer<? super Session<? extends S>> listener) {
		this.registry.use(this, (channel) -> channel.listeners.onRegistered(listener));
		return this;
	}

	@Override
	public Channel<C, S> onDeregistered(Consumer<? super Session<? extends S>> listener) {
		this.registry.use(this, (channel) -> channel.listeners.onDeregistered(listener));
		return this;
	}

	@Override
	public Channel<C, S> onDisconnected(Consumer<? super Session<? extends S>> listener) {
		this.registry.use(this, (channel) -> channel.listeners.onDisconnected(listener));
		return this;
	}

	@Override
	public Channel<C, S> onBroadcast(Consumer<SseEvent> listener) {
		this.registry.use(this, (channel) -> channel.listeners.onBroadcast(listener));
		return this;
	}

	@Override
	public String toString() {
		return "Channel '" + this.name + "'";
	}

	/** Return the channel that now goes by this name: this one unless it was removed. */
	private DefaultChannel<C, S> known() {
		return this.registry.known(this);
	}

	private static DefaultSession<?> own(Session<?> session) {
		if (session instanceof DefaultSession<?> own) {
			return own;
		}
		throw new IllegalArgumentException("Sessions come from a SessionFactory; this one is a " + session.getClass());
	}

	private CompletableFuture<Position> append(SseEvent event,
			@Nullable Predicate<? super Session<? extends S>> filter) {
		EncodedEvent encoded = this.parts.encoder().encode(event);
		this.parts.backlog().awaitRoom();
		CompletableFuture<Position> position = this.parts.log().append(new LogEvent(this.name, event, encoded, filter));
		this.listeners.broadcast(event);
		return position;
	}

	private static void join(CompletableFuture<Position> position) {
		try {
			position.join();
		}
		catch (CompletionException ex) {
			throw new SseException("Cannot broadcast: the event log has not taken the event.", ex.getCause());
		}
	}

	/** Hand an event to each shard that has sessions. Called in the order of the log. */
	void deliver(LogEntry entry) {
		int[] shards = new int[this.members.size()];
		int count = 0;
		for (int shard = 0; shard < shards.length; shard++) {
			if (this.memberCounts.get(shard) > 0) {
				shards[count++] = shard;
			}
		}
		if (count == 0) {
			return;
		}
		Delivery delivery = new Delivery(this, entry.frame(), entry.event(), filter(entry.scope()),
				this.parts.backlog(), count);
		for (int i = 0; i < count; i++) {
			int shard = shards[i];
			this.parts.shards().get(shard).submit(delivery, (ticket) -> this.lastTickets.set(shard, ticket));
		}
	}

	/** Only sessions of the right type were ever registered, and the scope is ours. */
	@SuppressWarnings("unchecked")
	private @Nullable BiPredicate<DefaultSession<?>, SseEvent> filter(@Nullable Object scope) {
		BiPredicate<? super Session<? extends S>, ? super SseEvent> own = this.options.filter();
		Predicate<? super Session<? extends S>> given = (Predicate<? super Session<? extends S>>) scope;
		if (own == null && given == null) {
			return null;
		}
		return (session, event) -> {
			Session<? extends S> typed = (Session<? extends S>) session;
			return (own == null || own.test(typed, event)) && (given == null || given.test(typed));
		};
	}

	ShardMembers members(int shard) {
		return this.members.get(shard);
	}

	/** Return whether an event of this channel waits in a shard. */
	boolean isPending(DeliveryShard shard) {
		return shard.isPending(this.lastTickets.get(shard.index()));
	}

	/** Let a session get what is broadcast from now on. */
	void join(Registration registration) {
		DeliveryShard shard = registration.session().outlet().order().shard();
		this.registrations.add(registration);
		this.memberCounts.incrementAndGet(shard.index());
		shard.submit(() -> this.members.get(shard.index()).add(registration));
	}

	/** Count a session that is open among the channel's. */
	@SuppressWarnings("unchecked")
	void include(Registration registration) {
		this.sessions.add((Session<? extends S>) registration.session());
	}

	/** Tell of a session that is open. */
	void show(Registration registration) {
		registration.shown(true);
		DefaultSession<?> session = registration.session();
		this.listeners.registered(session);
		session.outlet().executor().execute(() -> this.parts.lifecycleListener().onRegistered(this, session));
	}

	/** Let a session get no more than what was broadcast before. */
	void leave(Registration registration) {
		DefaultSession<?> session = registration.session();
		int shard = session.outlet().order().shard().index();
		this.registrations.remove(registration);
		session.outlet().order().submit(() -> {
			this.members.get(shard).remove(registration);
			if (this.memberCounts.decrementAndGet(shard) == 0) {
				this.registry.forgetIfUnused(this);
			}
		});
	}

	/** Show a session no more, if it was shown. */
	void hide(Registration registration, boolean disconnected) {
		DefaultSession<?> session = registration.session();
		this.sessions.remove(session);
		if (registration.isShown()) {
			if (disconnected) {
				this.listeners.disconnected(session);
			}
			this.listeners.deregistered(session);
			session.outlet().executor().execute(() -> this.parts.lifecycleListener().onDeregistered(this, session));
		}
	}

	/** Return whether nothing would be lost with this object. */
	boolean isUnused() {
		return this.state == null && this.listeners.isEmpty()
				&& IntStream.range(0, this.memberCounts.length()).allMatch((i) -> this.memberCounts.get(i) == 0);
	}

	/** Let all sessions take part no more. */
	void clear() {
		this.registrations.forEach((registration) -> registration.session().outlet().registrations().remove(this));
	}

}
