package io.github.bettersse;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.bettersse.event.EncodedEvent;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.Retention;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Channel}.
 */
final class DefaultChannel<C, S> implements Channel<C, S> {

	private final String name;

	private final ChannelOptions<C, S> options;

	private final DefaultChannelRegistry registry;

	private final EngineParts parts;

	private final Retention retention;

	private final ChannelListeners<S> listeners;

	private final ChannelMembers<S> members;

	private final ChannelFilter<S> filter;

	private volatile long usedAt;

	private volatile @Nullable C state;

	DefaultChannel(String name, ChannelOptions<C, S> options, DefaultChannelRegistry registry, EngineParts parts) {
		this.name = name;
		this.options = options;
		this.registry = registry;
		this.parts = parts;
		Retention history = parts.historyRules().retention(name, options.history());
		this.retention = options.latest() ? history.withLatest() : history;
		this.state = options.state();
		this.listeners = new ChannelListeners<>(parts.failures());
		this.members = new ChannelMembers<>(this, this.listeners, registry.others(), parts);
		this.filter = new ChannelFilter<>(name, options.filter(), parts.failures());
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
	public Replay register(Session<? extends S> session) {
		return register(session,
				DefaultSession.own(session).outlet().isHeld() ? ReplayFrom.cursor() : ReplayFrom.none());
	}

	@Override
	public Replay register(Session<? extends S> session, ReplayFrom from) {
		return register(DefaultSession.own(session), from, true);
	}

	/**
	 * Let a session take part that has not asked for it. If it does before the head is
	 * out, it may choose from where it gets history.
	 */
	void join(DefaultSession<?> session) {
		register(session, ReplayFrom.cursor(), false);
	}

	private Replay register(DefaultSession<?> session, ReplayFrom from, boolean asked) {
		return this.parts.access().register(session, this, () -> admit(session, from, asked));
	}

	private Replay admit(DefaultSession<?> own, ReplayFrom from, boolean asked) {
		SessionRegistrations registrations = own.outlet().registrations();
		try {
			Replay[] replay = new Replay[1];
			this.registry.use(this,
					(channel) -> replay[0] = registrations.add(channel.registration(own, from, asked)).replay(),
					registrations::remove);
			own.outlet().log().debug(() -> "is registered with " + this);
			return replay[0];
		}
		finally {
			this.registry.used(known());
		}
	}

	private Registration registration(DefaultSession<?> session, ReplayFrom from, boolean asked) {
		Registration known = session.outlet().registrations().find(this);
		return (known != null && known.wasAskedFor()) ? known
				: Registration.of(this, session, from, asked, this.parts.log());
	}

	@Override
	public void deregister(Session<?> session) {
		SessionOutlet outlet = DefaultSession.own(session).outlet();
		outlet.registrations().remove(known());
		outlet.log().debug(() -> "is deregistered from " + this);
	}

	@Override
	public void broadcast(@Nullable SseEvent event) {
		AppendResult
			.await(kept().append((event != null) ? event : SseEvent.of(null).name(Session.DEFAULT_EVENT_NAME), null));
	}

	@Override
	public void broadcast(SseEvent event, Predicate<? super Session<? extends S>> filter) {
		AppendResult.await(kept().append(event, filter));
	}

	@Override
	public CompletableFuture<String> broadcastAsync(SseEvent event) {
		return AppendResult.text(kept().append(event, null), this.parts.executor());
	}

	@Override
	@SuppressWarnings("unchecked")
	public Collection<Session<? extends S>> getSessions() {
		// Only sessions of the right type were ever registered.
		return (Collection<Session<? extends S>>) (Collection<?>) known().members.presence().sessions();
	}

	@Override
	public int getSessionCount() {
		return known().members.presence().sessionCount();
	}

	@Override
	public Presence getPresence() {
		return known().members.presence().snapshot();
	}

	@Override
	public String getPosition() {
		return this.parts.log().getPosition().toString();
	}

	@Override
	public Channel<C, S> onRegistered(Consumer<? super Session<? extends S>> listener) {
		return listen((channel) -> channel.listeners.onRegistered(listener));
	}

	@Override
	public Channel<C, S> onDeregistered(Consumer<? super Session<? extends S>> listener) {
		return listen((channel) -> channel.listeners.onDeregistered(listener));
	}

	@Override
	public Channel<C, S> onDisconnected(Consumer<? super Session<? extends S>> listener) {
		return listen((channel) -> channel.listeners.onDisconnected(listener));
	}

	@Override
	public Channel<C, S> onReset(BiConsumer<? super Session<? extends S>, Replay> listener) {
		return listen((channel) -> channel.listeners.onReset(listener));
	}

	@Override
	public Channel<C, S> onJoined(Consumer<String> listener) {
		return listen((channel) -> channel.members.presence().onJoined(listener));
	}

	@Override
	public Channel<C, S> onLeft(Consumer<String> listener) {
		return listen((channel) -> channel.members.presence().onLeft(listener));
	}

	@Override
	public Channel<C, S> onBroadcast(Consumer<SseEvent> listener) {
		return listen((channel) -> channel.listeners.onBroadcast(listener));
	}

	private Channel<C, S> listen(Consumer<DefaultChannel<C, S>> addition) {
		this.registry.use(this, addition);
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

	/** Return the same, for an event that may have to be kept. */
	private DefaultChannel<C, S> kept() {
		return keepsHistory() ? this.registry.current(this) : known();
	}

	private CompletableFuture<Position> append(SseEvent event,
			@Nullable Predicate<? super Session<? extends S>> filter) {
		return recorder().broadcast(() -> {
			EncodedEvent encoded = this.parts.encoder().encode(event);
			this.parts.backlog().awaitRoom();
			SseEvent kept = keepsHistory() ? this.filter.kept(event, filter) : event;
			CompletableFuture<Position> position = this.parts.log()
				.append(new LogEvent(this.name, kept, encoded, filter, this.retention));
			if (keepsHistory()) {
				used();
			}
			this.listeners.broadcast(event);
			return position;
		});
	}

	/** Hand an event to all sessions. Called in the order of the log. */
	void deliver(LogEntry entry) {
		if (keepsHistory()) {
			this.usedAt = this.parts.timer().nanoTime();
		}
		this.members.deliver(entry, this.filter.of(entry));
	}

	/** Return whether a session gets an event of the past. */
	boolean accepts(DefaultSession<?> session, LogEntry entry) {
		return this.filter.accepts(session, entry);
	}

	boolean keepsHistory() {
		return !this.retention.isNone();
	}

	/** Something has happened here. */
	void used() {
		this.registry.used(this);
	}

	/** Return when something has happened here, by the clock of the timer. */
	long usedAt() {
		return this.usedAt;
	}

	void usedAt(long nanoTime) {
		this.usedAt = nanoTime;
	}

	Retention retention() {
		return this.retention;
	}

	ChannelRecorder recorder() {
		return this.members.recorder();
	}

	/** Return what newcomers get. */
	Latest latest() {
		return this.options.latest() ? this.registry.latest(this.name) : Latest.NONE;
	}

	ChannelMembers<S> members() {
		return this.members;
	}

	/** Return whether nothing but history would be lost with this object. */
	boolean isUnused() {
		return this.state == null && this.listeners.isEmpty() && latest() == Latest.NONE && this.members.isUnused();
	}

	/** Let all sessions take part no more. */
	void clear() {
		if (!this.members.isEmpty()) {
			this.parts.sessions().all().forEach((session) -> session.outlet().registrations().remove(this));
		}
	}

}
