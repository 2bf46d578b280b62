package io.github.bettersse;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.event.TextChunks;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Session}: what the application sees of a
 * {@link SessionOutlet}.
 */
final class DefaultSession<S> implements Session<S> {

	/** As a number, which is a fifth of the text. */
	private final long idHigh;

	private final long idLow;

	private final Handshake handshake;

	private final @Nullable String userName;

	private final SessionOutlet outlet;

	private volatile @Nullable S state;

	/** Its place among the sessions of this node, under their lock. */
	private int index = Places.NONE;

	DefaultSession(Connection connection, SessionSettings settings, @Nullable S state, @Nullable String userName,
			SessionSlot slot, EngineParts parts) {
		UUID id = UUID.randomUUID();
		this.idHigh = id.getMostSignificantBits();
		this.idLow = id.getLeastSignificantBits();
		this.handshake = connection.getHandshake();
		this.userName = userName;
		this.state = state;
		this.outlet = new SessionOutlet(this, connection, settings, slot, parts);
	}

	/** Return a session as what it is: sessions come from here alone. */
	static DefaultSession<?> own(Session<?> session) {
		if (session instanceof DefaultSession<?> own) {
			return own;
		}
		throw new IllegalArgumentException("Sessions come from a SessionFactory; this one is a " + session.getClass());
	}

	@Override
	public String getId() {
		return new UUID(this.idHigh, this.idLow).toString();
	}

	@Override
	public S getState() {
		S state = this.state;
		if (state == null) {
			throw new IllegalStateException("The session has no state: none was given with its options, by a "
					+ "SessionStateFactory or by setState.");
		}
		return state;
	}

	@Override
	public void setState(S state) {
		this.state = state;
	}

	@Override
	public String getLastEventId() {
		return this.outlet.queue().lastId();
	}

	@Override
	public boolean isConnected() {
		return this.outlet.isConnected();
	}

	@Override
	public Departure getDeparture() {
		return this.outlet.listeners().departure();
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	/** Return the user that this session belongs to. */
	@Nullable String userName() {
		return this.userName;
	}

	@Override
	public long getDroppedCount() {
		return this.outlet.queue().dropped();
	}

	@Override
	public Session<S> push(@Nullable SseEvent event) {
		SseEvent pushed = (event != null) ? event : SseEvent.of(null).name(DEFAULT_EVENT_NAME);
		push(pushed, encode(pushed));
		return this;
	}

	/**
	 * Encode an event for this session alone. A generated id would take the place of the
	 * position that a client resumes from.
	 */
	Frame encode(SseEvent event) {
		this.outlet.requireConnected();
		String id = event.getId();
		boolean generated = id == null && event.hasData() && !this.outlet.keepsHistory();
		String sent = generated ? EventId.random() : id;
		return this.outlet.settings().encoder().encode(event, sent);
	}

	/** Push an event that was encoded before. */
	void push(SseEvent event, Frame frame) {
		this.outlet.requireConnected();
		this.outlet.send(frame);
		this.outlet.listeners().pushed(event);
	}

	@Override
	public CompletableFuture<Void> batch(Consumer<EventBuffer> batcher) {
		this.outlet.requireConnected();
		EventBuffer buffer = EventBuffer.using(this.outlet.settings().serializer());
		batcher.accept(buffer);
		return batch(buffer);
	}

	@Override
	public CompletableFuture<Void> batch(EventBuffer buffer) {
		this.outlet.requireConnected();
		this.outlet.send(this.outlet.settings().encode(buffer));
		return this.outlet.flush();
	}

	@Override
	public CompletableFuture<Void> iterate(Iterable<?> items, String eventName) {
		return pump(ItemSource.of(items), eventName);
	}

	@Override
	public CompletableFuture<Void> iterate(Iterator<?> items, String eventName) {
		return pump(ItemSource.of(items), eventName);
	}

	@Override
	public CompletableFuture<Void> iterate(Stream<?> items, String eventName) {
		return pump(ItemSource.of(items), eventName);
	}

	@Override
	public CompletableFuture<Void> stream(Flow.Publisher<?> publisher, String eventName) {
		if (this.outlet.isHandlerThread()) {
			return pump(ItemSource.of(publisher), eventName);
		}
		requireSource(eventName);
		return new PublisherPump(this, eventName).subscribeTo(publisher).open();
	}

	@Override
	public CompletableFuture<Void> stream(InputStream bytes, String eventName) {
		return pump(ItemSource.of(TextChunks.of(bytes)), eventName);
	}

	@Override
	public CompletableFuture<Void> stream(Reader text, String eventName) {
		return pump(ItemSource.of(TextChunks.of(text)), eventName);
	}

	private CompletableFuture<Void> pump(ItemSource source, String eventName) {
		try {
			requireSource(eventName);
		}
		catch (SseException ex) {
			source.close(outlet().failures());
			throw ex;
		}
		return new IteratorPump(this, eventName, source).start();
	}

	/** Check what would keep every item of a source from being sent. */
	private void requireSource(String eventName) {
		this.outlet.requireConnected();
		SseEvent.empty().name(eventName);
	}

	@Override
	public CompletableFuture<Void> flush() {
		this.outlet.requireConnected();
		return this.outlet.flush();
	}

	@Override
	public void close() {
		this.outlet.end(DisconnectReason.CLOSED, null);
	}

	@Override
	public void disconnect() {
		this.outlet.disconnect();
	}

	@Override
	public Session<S> onConnected(Runnable listener) {
		this.outlet.listeners().onConnected(listener);
		return this;
	}

	@Override
	public Session<S> onDisconnected(Consumer<DisconnectReason> listener) {
		this.outlet.listeners().onDisconnected(listener);
		return this;
	}

	@Override
	public Session<S> onPush(Consumer<SseEvent> listener) {
		this.outlet.listeners().onPush(listener);
		return this;
	}

	/** Return where it comes from, without a query that may hold secrets. */
	String describe() {
		return this.handshake.getMethod() + " " + this.handshake.getUri().getPath() + " from "
				+ this.handshake.getRemoteAddress() + ", user " + this.userName + ", last event id '" + getLastEventId()
				+ "'";
	}

	SessionOutlet outlet() {
		return this.outlet;
	}

	int index() {
		return this.index;
	}

	void index(int index) {
		this.index = index;
	}

}
