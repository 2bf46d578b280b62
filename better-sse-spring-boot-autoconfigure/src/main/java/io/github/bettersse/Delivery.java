package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;

import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * One event of one channel on its way through the shards, shared by all of them.
 * Thread-safe.
 */
final class Delivery {

	private static final System.Logger logger = System.getLogger(Delivery.class.getName());

	private final DefaultChannel<?, ?> channel;

	private final Frame frame;

	private final SseEvent event;

	private final @Nullable BiPredicate<DefaultSession<?>, SseEvent> filter;

	private final Backlog backlog;

	private final AtomicInteger shardsLeft;

	private final AtomicBoolean failureLogged = new AtomicBoolean();

	Delivery(DefaultChannel<?, ?> channel, Frame frame, SseEvent event,
			@Nullable BiPredicate<DefaultSession<?>, SseEvent> filter, Backlog backlog, int shards) {
		this.channel = channel;
		this.frame = frame;
		this.event = event;
		this.filter = filter;
		this.backlog = backlog;
		this.shardsLeft = new AtomicInteger(shards);
		backlog.add(frame.size());
	}

	DefaultChannel<?, ?> channel() {
		return this.channel;
	}

	Frame frame() {
		return this.frame;
	}

	boolean isFiltered() {
		return this.filter != null;
	}

	/** Return whether a session gets the event; not if the filter fails. */
	boolean accepts(DefaultSession<?> session) {
		if (this.filter == null) {
			return true;
		}
		try {
			return this.filter.test(session, this.event);
		}
		catch (Throwable ex) {
			if (this.failureLogged.compareAndSet(false, true)) {
				logger.log(Level.WARNING, () -> "A filter of channel '" + this.channel.getName()
						+ "' has failed; sessions for which it fails do not get the event", ex);
			}
			return false;
		}
	}

	/** One shard has handed the event to its sessions. */
	void done() {
		if (this.shardsLeft.decrementAndGet() == 0) {
			this.backlog.remove(this.frame.size());
		}
	}

}
