package io.github.bettersse;

import java.util.List;
import java.util.function.Predicate;

import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * What goes into the queue of one session, and with which id: pushes, events of the log,
 * keep-alives. Thread-safe where not said to be for the shard; the order of its callers
 * is that of {@link SessionOrder}.
 */
final class SessionInput {

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private final SessionWriter writer;

	private final EventLog log;

	SessionInput(SessionOutlet outlet, SendQueue queue, SessionWriter writer, EventLog log) {
		this.outlet = outlet;
		this.queue = queue;
		this.writer = writer;
		this.log = log;
	}

	/** Queue a frame and write what the socket takes. */
	void push(Frame frame) {
		String id = frame.getLastId();
		if (id != null && EventId.isRandom(id)) {
			offer(frame, (queued) -> this.queue.offer(queued, this.outlet::keepsHistory));
		}
		else if (id != null && this.outlet.keepsHistory() && !frame.isControl() && !id.isEmpty()) {
			offer(frame, (queued) -> this.queue.offer(queued, (long sequence) -> remember(id, sequence)));
		}
		else {
			offer(frame, this.queue::offer);
		}
		this.writer.drain();
	}

	/** Remember what the client has got before an event with an id of the application. */
	private void remember(String id, long sequence) {
		this.log.remember(id, this.log.getPosition().at(sequence));
	}

	/** Return whether an event would probably go straight to the socket. */
	boolean seemsReady() {
		return this.writer.seemsReady() && this.queue.seemsEmpty();
	}

	/**
	 * Queue events of the log and write what the socket takes; each by itself where
	 * single ones may have to be treated.
	 */
	void deliver(List<Delivery> deliveries, Frame joined) {
		Delivery last = deliveries.get(deliveries.size() - 1);
		if (this.writer.pass(joined, last)) {
			return;
		}
		if (this.outlet.settings().queueBound().strategy() == OverflowStrategy.DISCONNECT
				&& this.outlet.history().isLive()) {
			offer(joined, (queued) -> this.queue.offer(queued, last.sequence()));
		}
		else {
			deliveries.forEach(this::offer);
		}
		this.writer.drain();
	}

	private void offer(Delivery delivery) {
		offer(delivery.frame(), (queued) -> this.queue.offer(queued, delivery.sequence()));
	}

	/**
	 * Tell the client that events of a channel are lost.
	 * @param position where it goes on then, {@code null} to let it keep its own
	 */
	void reset(String channel, ResetReason reason, @Nullable Position position) {
		Frame frame = ControlFrames.reset(channel, reason, position);
		if (position != null) {
			offer(frame, (queued) -> this.queue.offer(queued, position.sequence()));
		}
		else {
			offer(frame, this.queue::offer);
		}
		this.writer.drain();
	}

	/** Note that an event was kept from this session. */
	void skip(long sequence) {
		this.queue.skip(sequence);
	}

	/** Write what the socket takes. */
	void drain() {
		this.writer.drain();
	}

	/**
	 * Queue a frame. Nothing is given up for it before the socket was offered what waits:
	 * a handler's thread may be the only one to write.
	 */
	private void offer(Frame frame, Predicate<Frame> queue) {
		if (!this.queue.hasRoom(frame)) {
			this.writer.drain();
		}
		if (!this.writer.isEnding() && !queue.test(frame)) {
			this.outlet.abort(DisconnectReason.OVERFLOW);
		}
	}

	/**
	 * Try a socket that seems to take nothing.
	 * @return false if somebody else does so
	 */
	boolean retry() {
		return this.writer.retry();
	}

	/**
	 * Write what keeps the connection alive unless something is on its way already; but
	 * tell the client how far it has come, if it does not know, in place of a comment.
	 */
	void keepAlive() {
		if (!this.queue.isEmpty()) {
			return;
		}
		this.outlet.recorder().keptAlive();
		if (this.outlet.settings().trustClientEventId() && this.queue.untoldPosition() >= 0) {
			this.outlet.order().submit(this::tellPosition);
		}
		else {
			push(this.outlet.settings().keepAliveFrame());
		}
	}

	/** Only here no event can come between the position and its frame. In the shard. */
	private void tellPosition() {
		long sequence = this.queue.untoldPosition();
		if (sequence >= 0 && !this.outlet.history().isReplaying()) {
			Frame cursor = ControlFrames.cursor(this.log.getPosition().at(sequence));
			offer(cursor, (queued) -> this.queue.offer(queued, sequence));
			this.writer.drain();
			if (this.outlet.settings().keepAliveFrame() != Frame.KEEP_ALIVE) {
				push(this.outlet.settings().keepAliveFrame());
			}
		}
	}

}
