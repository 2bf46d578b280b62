package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * The life of one session, and the way of its frames: from a push or a shard through the
 * queue to the connection. For the application the session has ended as soon as it has a
 * reason; its {@link SessionWriter} may then still be sending what was queued.
 * <p>
 * Whatever is sent goes to the writer at once if nothing that concerns the session waits
 * in its shard, else behind that through the shard, so that no push overtakes a broadcast
 * that came before it.
 */
final class SessionOutlet {

	private final DefaultSession<?> session;

	private final SessionSettings settings;

	private final EngineParts parts;

	private final SessionSlot slot;

	/** What tasks find around them, from before anybody else knows the session. */
	private Executor context = Runnable::run;

	private final Executor taskExecutor;

	private final SerialExecutor executor;

	private final SessionListeners listeners;

	private final SessionRegistrations registrations = new SessionRegistrations();

	private final SessionOrder order;

	private final SendQueue queue;

	private final SessionWriter writer;

	private final Pulse pulse;

	private final SessionHistory history;

	private final SessionInput input;

	SessionOutlet(DefaultSession<?> session, Connection connection, SessionSettings settings, SessionSlot slot,
			EngineParts parts) {
		this.session = session;
		this.settings = settings;
		this.parts = parts;
		this.slot = slot;
		this.taskExecutor = (task) -> this.parts.executor().execute(() -> this.context.execute(task));
		this.executor = new SerialExecutor(this.taskExecutor, parts.failures());
		this.listeners = new SessionListeners(this.executor);
		this.order = new SessionOrder(parts.shards().next(), this.registrations);
		WriteProgress progress = new WriteProgress(parts.timer(), parts.recorder());
		this.queue = new SendQueue(settings.queueBound(), progress,
				settings.trustClientEventId() ? LastEventId.of(connection.getHandshake()) : "");
		this.pulse = new Pulse(this, parts.timer());
		this.writer = new SessionWriter(connection, this, this.queue, progress);
		this.history = new SessionHistory(this, this.queue, parts);
		this.input = new SessionInput(this, this.queue, this.writer, parts.log());
	}

	boolean isConnected() {
		return this.listeners.reason() == null;
	}

	/** Return whether the head is out and the session has not ended. */
	boolean isOpen() {
		return this.listeners.isOpen() && isConnected();
	}

	/** Return whether the caller is the thread whose handler has not yet returned. */
	boolean isHandlerThread() {
		return this.writer.isHandlerThread();
	}

	/** Return whether nothing was sent yet, so that any other answer is possible. */
	boolean isHeld() {
		return this.writer.isHeld();
	}

	void requireConnected() {
		if (!isConnected()) {
			throw new SseException("Cannot push data to a non-active session.");
		}
	}

	/** Send a frame in its turn; in a handler it commits and goes out at once. */
	void send(Frame frame) {
		if (this.writer.isHandlerThread()) {
			commit();
			requireConnected();
		}
		inTurn(() -> this.input.push(frame));
	}

	/** Send a frame behind all that waits, without committing anything for it. */
	void sendLater(Frame frame) {
		this.order.submit(() -> this.input.push(frame));
	}

	CompletableFuture<Void> flush() {
		CompletableFuture<Void> flushed = new SessionFuture(this.executor);
		if (this.writer.isHandlerThread() && isHeld()) {
			flushed.complete(null);
		}
		else {
			inTurn(() -> this.writer.flush(flushed));
		}
		return flushed;
	}

	/** Do something behind all that was sent before; a handler waits for that. */
	private void inTurn(Runnable action) {
		boolean inHandler = this.writer.isHandlerThread();
		if (inHandler && this.history.isReplaying()) {
			awaitReplay();
		}
		this.order.inTurn(action, inHandler);
	}

	/** Write all of a replay: nobody else may write while the handler runs. */
	private void awaitReplay() {
		do {
			this.order.await();
			this.writer.drain();
		}
		while (this.history.isReplaying());
	}

	/** Send the head unless it is out; on the handler's thread. */
	private void commit() {
		if (isHeld() && this.writer.commit(this.settings.head(), this.settings.preamble(this.session.getHandshake()))) {
			this.parts.access().beforeReplay(this.session);
			this.registrations.include();
			log().debug(() -> "is open: " + this.session.describe());
			if (this.listeners.connected(() -> this.parts.lifecycleListener().onConnected(this.session))) {
				this.registrations.activate();
				recorder().opened(this.session);
			}
			this.history.begin();
		}
	}

	/** The handler has returned: let all threads write. */
	void start() {
		this.queue.progress().opens();
		commit();
		this.writer.start();
	}

	/** Nothing was sent, and something else will be. */
	void discard() {
		end(DisconnectReason.REFUSED);
		this.writer.discard();
	}

	/** The server takes no session now. */
	void refuse(Refusal refusal) {
		log().debug(() -> "is refused with status " + refusal.head().status() + ": " + this.session.describe());
		end(DisconnectReason.REFUSED);
		this.writer.commit(refusal.head(), refusal.last());
		this.writer.finish(null);
	}

	/** End for good, which the client is told. */
	void disconnect() {
		end(DisconnectReason.DISCONNECTED, this.parts.disconnectFrame());
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

	/** The connection is about to end: who sees its end finds its place free. */
	void releasing() {
		this.slot.free();
	}

	/** The connection has ended. */
	void released(@Nullable Throwable failure) {
		this.parts.sessions().remove(this.session);
		this.history.ended();
		log().debug(() -> "is gone: " + this.listeners.reason(), failure);
	}

	/**
	 * Note that the session has ended and tell all who want to know.
	 * @return false if it had ended before
	 */
	boolean end(DisconnectReason reason) {
		if (!this.listeners.disconnected(reason,
				() -> this.parts.lifecycleListener().onDisconnected(this.session, reason))) {
			return false;
		}
		log().debug(() -> "ends: " + reason);
		this.pulse.stop();
		this.registrations.removeAll();
		record(reason);
		return true;
	}

	private void record(DisconnectReason reason) {
		if (reason == DisconnectReason.OVERFLOW) {
			recorder().overflowed(this.settings.queueBound().strategy(), 0);
		}
		recorder().closed(this.session, reason, this.queue.progress().age());
	}

	EngineRecorder recorder() {
		return this.parts.recorder();
	}

	Failures failures() {
		return this.parts.failures();
	}

	SessionStatistics statistics() {
		return this.queue.progress().statistics(this.queue);
	}

	void enter(Executor context) {
		this.context = context;
	}

	SessionLog log() {
		return new SessionLog(this.session, this.context);
	}

	SendQueue queue() {
		return this.queue;
	}

	SessionSettings settings() {
		return this.settings;
	}

	SessionListeners listeners() {
		return this.listeners;
	}

	/** Return whether the session is in a channel that keeps history. */
	boolean keepsHistory() {
		return this.registrations.anyMatch((registration) -> registration.channel().keepsHistory());
	}

	SessionInput input() {
		return this.input;
	}

	SessionHistory history() {
		return this.history;
	}

	SessionRegistrations registrations() {
		return this.registrations;
	}

	SessionOrder order() {
		return this.order;
	}

	Pulse pulse() {
		return this.pulse;
	}

	/** Return where listeners run, in order. */
	SerialExecutor executor() {
		return this.executor;
	}

	/** Return where anything may run and block. */
	Executor taskExecutor() {
		return this.taskExecutor;
	}

}
