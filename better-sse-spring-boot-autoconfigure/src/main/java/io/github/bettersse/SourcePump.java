package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the items of a source to one session, at most a window of bytes ahead of its
 * socket: when that much was pushed, it waits for the flush before it takes the next
 * item. So a slow reader holds the source, not the heap.
 */
abstract class SourcePump {

	private static final long WINDOW = 64 * 1024;

	private final DefaultSession<?> session;

	private final String eventName;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Consumer<DisconnectReason> sessionEnd = (reason) -> end(
			new SseException("The session ended before all was sent."));

	private long ahead;

	SourcePump(DefaultSession<?> session, String eventName) {
		this.session = session;
		this.eventName = eventName;
	}

	/** Return a future of the end of the source, or of whatever kept it from its end. */
	final CompletableFuture<Void> done() {
		return this.done;
	}

	/** Give the source back when the session ends. */
	final void endWithSession() {
		this.session.onDisconnected(this.sessionEnd);
	}

	final DefaultSession<?> session() {
		return this.session;
	}

	final Executor executor() {
		return this.session.outlet().taskExecutor();
	}

	/**
	 * Push an item.
	 * @return whether the next one may be taken at once
	 */
	final boolean push(@Nullable Object item) {
		SseEvent event = (item instanceof SseEvent given) ? given : SseEvent.of(item).name(this.eventName);
		this.ahead += this.session.send(event);
		return this.ahead < WINDOW;
	}

	/** Do something once all that was pushed was handed to the socket. */
	final void afterFlush(Runnable next) {
		this.session.flush().whenComplete((nothing, failure) -> {
			this.ahead = 0;
			if (failure != null) {
				end(failure);
			}
			else {
				next.run();
			}
		});
	}

	/** Give the source back and complete. */
	final void end(@Nullable Throwable failure) {
		release();
		this.session.outlet().listeners().removeDisconnected(this.sessionEnd);
		if (failure instanceof PublisherItems.SourceFailure carrier && carrier.getCause() != null) {
			this.done.completeExceptionally(carrier.getCause());
		}
		else if (failure != null) {
			this.done.completeExceptionally(failure);
		}
		else {
			this.done.complete(null);
		}
	}

	/** Close or cancel the source; may be called more than once, by any thread. */
	abstract void release();

}
