package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Session}: what the application sees of it. It has
 * ended as soon as it has a reason; its {@link SessionWriter} may then still be sending
 * what was queued.
 * <p>
 * Whatever is sent goes to the writer at once if nothing that concerns the session waits
 * in its shard, else behind that through the shard, so that no push overtakes a broadcast
 * that came before it.
 */
final class DefaultSession<S> implements Session<S> {

	private static final System.Logger logger = System.getLogger(DefaultSession.class.getName());

	private final String id = UUID.randomUUID().toString();

	private final Handshake handshake;

	private final SessionSettings settings;

	private final EngineParts parts;

	private final SessionOrder order;

	private final SendQueue queue;

	private final SessionWriter writer;

	private final SerialExecutor executor;

	private final SessionListeners listeners;

	private final SessionRegistrations registrations = new SessionRegistrations();

	private final Pulse pulse;

	private volatile @Nullable S state;

	DefaultSession(Connection connection, SessionSettings settings, @Nullable S state, EngineParts parts) {
		this.handshake = connection.getHandshake();
		this.settings = settings;
		this.state = state;
		this.parts = parts;
		this.order = new SessionOrder(parts.shards().next(), this.registrations);
		this.executor = new SerialExecutor(parts.executor());
		this.listeners = new SessionListeners(this.executor);
		WriteProgress progress = new WriteProgress(parts.timer());
		this.pulse = new Pulse(this, progress, parts.timer(), settings);
		this.queue = new SendQueue(settings.maxQueueSize(),
				settings.trustClientEventId() ? LastEventId.of(this.handshake) : "");
		this.writer = new SessionWriter(connection, this, this.queue, progress, parts.timer());
	}

	@Override
	public String getId() {
		return this.id;
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
		return this.queue.lastId();
	}

	@Override
	public boolean isConnected() {
		return this.listeners.reason() == null;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public Session<S> push(@Nullable SseEvent given) {
		requireConnected();
		SseEvent event = (given != null) ? given : SseEvent.of(null).name(DEFAULT_EVENT_NAME);
		String id = event.getId();
		send(this.settings.encoder().encode(event, (id == null && event.hasData()) ? EventId.random() : id));
		this.listeners.pushed(event);
		return this;
	}

	@Override
	public CompletableFuture<Void> batch(Consumer<EventBuffer> batcher) {
		requireConnected();
		EventBuffer buffer = EventBuffer.using(this.settings.serializer());
		batcher.accept(buffer);
		return batch(buffer);
	}

	@Override
	public CompletableFuture<Void> batch(EventBuffer buffer) {
		requireConnected();
		send(buffer.toFrame());
		return whenFlushed();
	}

	@Override
	public CompletableFuture<Void> flush() {
		requireConnected();
		return whenFlushed();
	}

	private CompletableFuture<Void> whenFlushed() {
		CompletableFuture<Void> flushed = new CompletableFuture<>();
		if (this.writer.isHandlerThread() && this.writer.isHeld()) {
			flushed.complete(null);
		}
		else {
			this.order.inTurn(() -> this.writer.flush(flushed), this.writer.isHandlerThread());
		}
		return flushed;
	}

	@Override
	public void close() {
		end(DisconnectReason.CLOSED, null);
	}

	@Override
	public void disconnect() {
		end(DisconnectReason.DISCONNECTED, this.parts.disconnectFrame());
	}

	@Override
	public Session<S> onConnected(Runnable listener) {
		this.listeners.onConnected(listener);
		return this;
	}

	@Override
	public Session<S> onDisconnected(Consumer<DisconnectReason> listener) {
		this.listeners.onDisconnected(listener);
		return this;
	}

	@Override
	public Session<S> onPush(Consumer<SseEvent> listener) {
		this.listeners.onPush(listener);
		return this;
	}

	private void requireConnected() {
		if (!isConnected()) {
			throw new SseException("Cannot push data to a non-active session.");
		}
	}

	private void send(Frame frame) {
		if (this.writer.isHandlerThread()) {
			commit();
			requireConnected();
		}
		this.order.inTurn(() -> deliver(frame), this.writer.isHandlerThread());
	}

	/** Queue a frame and write what the socket takes. */
	void deliver(Frame frame) {
		if (!this.writer.offer(frame)) {
			abort(DisconnectReason.OVERFLOW);
			return;
		}
		this.writer.drain();
	}

	/** Send the head unless it is out; on the handler's thread. */
	void commit() {
		if (this.writer.isHeld() && this.writer.commit(this.settings.head(), this.settings.preamble(this.handshake))) {
			if (isConnected()) {
				this.listeners.connected();
				this.registrations.activate();
			}
		}
	}

	/** The handler has returned: let all threads write. */
	void start() {
		commit();
		this.writer.start();
		this.pulse.start();
	}

	/** Nothing was sent, and something else will be. */
	void discard() {
		end(DisconnectReason.REFUSED);
		this.writer.discard();
	}

	/** The server takes no sessions now: tell the client when to come back. */
	void refuse(Frame retry) {
		end(DisconnectReason.REFUSED);
		this.writer.commit(this.settings.head(), retry);
		this.writer.finish(null);
	}

	/** End in order, behind all that was sent before. */
	void end(DisconnectReason reason, @Nullable Frame last) {
		boolean pending = this.order.isAnythingPending();
		if (!end(reason)) {
			return;
		}
		if (pending) {
			this.order.submit(() -> this.writer.finish(last));
		}
		else {
			this.writer.finish(last);
		}
	}

	/** End at once; what is queued is lost. */
	void abort(DisconnectReason reason) {
		end(reason);
		this.writer.abort();
	}

	/**
	 * Note that the session has ended and tell all who want to know.
	 * @return false if it had ended before
	 */
	boolean end(DisconnectReason reason) {
		if (!this.listeners.disconnected(reason)) {
			return false;
		}
		this.pulse.stop();
		this.registrations.removeAll();
		return true;
	}

	/** The connection has ended. */
	void released(@Nullable Throwable failure) {
		this.parts.sessions().remove(this);
		logger.log(Level.DEBUG, () -> "Session " + this.id + " has ended: " + this.listeners.reason(), failure);
	}

	/** Return whether the head is out and the session has not ended. */
	boolean isOpen() {
		return this.listeners.isOpen() && isConnected();
	}

	SessionRegistrations registrations() {
		return this.registrations;
	}

	SessionOrder order() {
		return this.order;
	}

	SessionWriter writer() {
		return this.writer;
	}

	Pulse pulse() {
		return this.pulse;
	}

	Executor executor() {
		return this.executor;
	}

	SessionSettings settings() {
		return this.settings;
	}

}
