package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the items of a source to one session, at most a window of bytes ahead of its
 * socket: an item that does not fit waits for the flush of those before it, and no other
 * one is taken meanwhile. So a slow reader holds the source, not the heap, and no item
 * makes the queue overflow.
 */
abstract class SourcePump {

	private static final long MAX_WINDOW = 64 * 1024;

	private final DefaultSession<?> session;

	private final String eventName;

	private final CompletableFuture<Void> done;

	private final AtomicBoolean completing = new AtomicBoolean();

	private final long window;

	/** How much was pushed since the last flush. */
	private long ahead;

	SourcePump(DefaultSession<?> session, String eventName) {
		this.session = session;
		this.eventName = eventName;
		this.done = new SessionFuture(session.outlet().executor());
		this.window = Math.min(MAX_WINDOW, session.outlet().settings().queueBound().maxSize());
	}

	/** Return a future of the end of the source, or of whatever kept it from its end. */
	final CompletableFuture<Void> done() {
		return this.done;
	}

	final DefaultSession<?> session() {
		return this.session;
	}

	/** Give the source back when the session ends. */
	final void endWithSession() {
		Consumer<DisconnectReason> listener = (reason) -> sessionEnded(null);
		this.session.onDisconnected(listener);
		this.done.whenComplete((nothing, failure) -> this.session.outlet().listeners().removeDisconnected(listener));
	}

	/** On the thread of the listeners, which a source must not block as it is closed. */
	private void sessionEnded(@Nullable Throwable cause) {
		complete(endOfSession(cause));
		execute(this::release);
	}

	final SseEvent event(@Nullable Object item) {
		return (item instanceof SseEvent given) ? given : SseEvent.of(item).name(this.eventName);
	}

	/**
	 * Push an item, at once if there is room.
	 * @param next if there is none, what to do on the task executor once it was pushed
	 * @return whether it was pushed
	 */
	final boolean push(@Nullable Object item, Runnable next) {
		SseEvent event = event(item);
		Frame frame = this.session.encode(event);
		boolean inWindow = this.ahead == 0 || this.ahead + frame.size() <= this.window;
		if (inWindow && this.session.outlet().queue().hasRoom(frame)) {
			push(event, frame);
			return true;
		}
		afterFlush(() -> {
			push(event, frame);
			next.run();
		});
		return false;
	}

	private void push(SseEvent event, Frame frame) {
		this.ahead += frame.size();
		this.session.push(event, frame);
	}

	/** Do something on the task executor once all that was pushed was handed over. */
	final void afterFlush(Runnable next) {
		this.session.flush().whenComplete((nothing, failure) -> {
			if (failure != null) {
				sessionEnded(failure);
			}
			else {
				this.ahead = 0;
				execute(next);
			}
		});
	}

	/** Do something on the task executor, where sources may block. */
	final void execute(Runnable task) {
		Runnable attempt = () -> {
			try {
				task.run();
			}
			catch (Throwable ex) {
				end(ex);
			}
		};
		try {
			this.session.outlet().taskExecutor().execute(() -> LibraryThread.run(attempt));
		}
		catch (RuntimeException ex) {
			end(ex);
		}
	}

	/** Give the source back and complete. */
	final void end(@Nullable Throwable failure) {
		release();
		boolean endOfSession = failure instanceof SseException && !this.session.isConnected();
		complete(endOfSession ? endOfSession(failure) : failure);
	}

	private static SseException endOfSession(@Nullable Throwable cause) {
		return new SseException("The session ended before all was sent.", cause);
	}

	/** Dependent stages run on the listeners' executor, but in a handler right there. */
	private void complete(@Nullable Throwable failure) {
		Runnable completion = (failure != null) ? () -> this.done.completeExceptionally(failure)
				: () -> this.done.complete(null);
		if (isInHandler()) {
			completion.run();
		}
		else if (this.completing.compareAndSet(false, true)) {
			this.session.outlet().executor().execute(completion);
		}
	}

	/** Return whether all is done by the thread of the handler. */
	abstract boolean isInHandler();

	/** Close or cancel the source; may be called more than once, by any thread. */
	abstract void release();

}
