package io.github.bettersse;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one session: frames, in order, {@linkplain QueueBound
 * bounded} in bytes. Thread-safe; holds its monitor for moments only.
 * <p>
 * While history is replayed, what is offered is held back, and the replay goes ahead of
 * it.
 */
final class SendQueue {

	private final QueueBound bound;

	private final WriteProgress progress;

	/** Null while nothing ever waited, so that an idle session pays for no queue. */
	private @Nullable WaitingFrames frames;

	/** What goes before all that waits: a replay, and what was queued before it. */
	private @Nullable WaitingFrames ahead;

	/** Whether what waits is held back for a replay. */
	private boolean held;

	private long offered;

	private long dropped;

	private final SentId lastId;

	/** Null while nobody asks, so that it costs nothing without history. */
	private @Nullable SentPosition position;

	/**
	 * Create an empty queue.
	 * @param bound how much may wait
	 * @param progress of the socket that it is written to
	 * @param lastId the last id of the client, as long as no frame has another one
	 */
	SendQueue(QueueBound bound, WriteProgress progress, String lastId) {
		this.bound = bound;
		this.progress = progress;
		this.lastId = new SentId(lastId);
	}

	/**
	 * Add a frame, making room for it as the strategy says. Into an empty queue fits one
	 * of any size.
	 * @return false if there is no room for it
	 */
	synchronized boolean offer(Frame frame) {
		return add(frame, false);
	}

	/** Add a frame, and tell the position in the log after which it comes. */
	synchronized boolean offer(Frame frame, LongConsumer position) {
		position().tell(position, this.held);
		return add(frame, false);
	}

	/**
	 * Add a frame with a generated id.
	 * @param resumable whether the client can resume, which it could not from that id
	 */
	synchronized boolean offer(Frame frame, BooleanSupplier resumable) {
		return add(resumable.getAsBoolean() ? frame.withoutId() : frame, false);
	}

	/** Add an event of the log, or several joined that end at a position. */
	synchronized boolean offer(Frame frame, long sequence) {
		sent(sequence);
		return add(frame, true);
	}

	/**
	 * Let an event of the log pass, or several joined that end with one: what was offered
	 * and polled at once, for whoever may write now.
	 * @return false if something waits before it
	 */
	synchronized boolean pass(Frame frame, Delivery last) {
		if (this.held || next() != null) {
			return false;
		}
		sent(last.sequence());
		this.offered++;
		if (last.carriesPosition()) {
			this.lastId.set(last.position());
		}
		else {
			this.lastId.follow(frame);
		}
		return true;
	}

	private void sent(long sequence) {
		if (this.position != null) {
			this.position.sent(sequence);
		}
	}

	private boolean add(Frame frame, boolean broadcast) {
		this.frames = (this.frames != null) ? this.frames : new WaitingFrames();
		if (!hasRoom(frame) && !frame.isControl() && !makeRoom(this.frames, frame)) {
			return false;
		}
		this.frames.add(frame, this.offered++, broadcast);
		if (!this.held) {
			this.lastId.follow(frame);
		}
		return true;
	}

	/** Return whether a frame fits without making room for it. */
	synchronized boolean hasRoom(Frame frame) {
		return this.bound.fits(frame, size());
	}

	private boolean makeRoom(WaitingFrames frames, Frame frame) {
		if (this.bound.passesAsPeak(size() + frame.size(), this.progress)) {
			return true;
		}
		drop(frames, frame.getName(), frame.size());
		return this.bound.takesAll() || hasRoom(frame);
	}

	/** A peak was none: drop what the strategy gives up; false if that is not enough. */
	synchronized boolean relieve() {
		if (this.frames != null) {
			drop(this.frames, null, 0);
		}
		return !isOverfull();
	}

	private void drop(WaitingFrames frames, @Nullable String name, long more) {
		long others = size() - frames.size() + more;
		int dropped = this.bound.drop(frames, name,
				(size) -> !this.bound.isExceededBy(others + size) || (more == 0 && WaitingFrames.count(frames) == 1));
		if (dropped > 0) {
			this.dropped += dropped;
			this.progress.recorder().overflowed(this.bound.strategy(), dropped);
		}
	}

	/** Note that an event of the log was kept from this session. */
	synchronized void skip(long sequence) {
		position().skipped(sequence);
	}

	/** Return the position that the client should be told, or a negative number. */
	synchronized long untoldPosition() {
		return (this.position != null) ? this.position.untold() : -1;
	}

	private SentPosition position() {
		this.position = (this.position != null) ? this.position : new SentPosition();
		return this.position;
	}

	/**
	 * Hold back what is offered, for a replay.
	 * @param behind whether what waits already goes before the replay
	 */
	synchronized void hold(boolean behind) {
		this.held = true;
		if (behind && this.frames != null) {
			ahead().addAll(this.frames);
		}
	}

	private WaitingFrames ahead() {
		this.ahead = (this.ahead != null) ? this.ahead : new WaitingFrames();
		return this.ahead;
	}

	/** Add a frame of a replay, whatever the bound: whoever replays looks after that. */
	synchronized void offerAhead(Frame frame) {
		ahead().add(frame, before(this.frames), false);
		this.lastId.follow(frame);
	}

	/** Return how many bytes of a replay wait. */
	synchronized long aheadSize() {
		return WaitingFrames.size(this.ahead);
	}

	/**
	 * Take the ids from all events of the log that wait, since the replay goes further,
	 * and those from which nobody can resume.
	 */
	synchronized void stripIds() {
		if (this.frames != null) {
			this.frames.stripIds();
		}
	}

	/**
	 * The replay is done: let go what was held back.
	 * @param sequence up to where the log was dealt with
	 * @param known whether the client has an id from there
	 */
	synchronized void release(long sequence, boolean known) {
		this.held = false;
		position().reached(sequence, known);
		if (this.frames != null) {
			this.frames.forEach(this.lastId::follow);
		}
	}

	/**
	 * Take the frames at the head, joined into one.
	 * @param maxBytes how much to join; a single frame may be larger
	 * @return the frame to write, {@code null} if there is none
	 */
	synchronized @Nullable Frame poll(int maxBytes) {
		WaitingFrames next = next();
		return (next != null) ? next.poll(maxBytes) : null;
	}

	private @Nullable WaitingFrames next() {
		if (this.ahead != null && !this.ahead.isEmpty()) {
			return this.ahead;
		}
		this.ahead = null;
		return (!this.held && this.frames != null && !this.frames.isEmpty()) ? this.frames : null;
	}

	/** Return whether more waits than the bound allows. */
	synchronized boolean isOverfull() {
		return this.bound.isExceededBy(size())
				&& WaitingFrames.count(this.frames) + WaitingFrames.count(this.ahead) > 1;
	}

	/** Return what was taken from here and written. */
	WriteProgress progress() {
		return this.progress;
	}

	/** Return how many bytes wait. */
	synchronized long size() {
		return WaitingFrames.size(this.frames) + WaitingFrames.size(this.ahead);
	}

	/** Return whether there is something to write now. */
	synchronized boolean hasNext() {
		return next() != null;
	}

	/** Guess whether nothing waits, without the monitor. */
	boolean seemsEmpty() {
		return !this.held && this.ahead == null;
	}

	/** Return whether nothing waits, nor will because of a replay. */
	synchronized boolean isEmpty() {
		return !this.held && next() == null;
	}

	/** Drop all, uncounted: there is nobody to send it to. */
	synchronized void clear() {
		this.frames = null;
		this.ahead = null;
		this.held = false;
	}

	/** Return the id that the client has after it has read all that was added. */
	synchronized String lastId() {
		return this.lastId.toString();
	}

	/** Return how many frames were ever offered and added. */
	synchronized long offered() {
		return this.offered;
	}

	/**
	 * Return how many of them came before the frame at the head: those are gone, taken or
	 * dropped.
	 */
	synchronized long gone() {
		return before((WaitingFrames.count(this.ahead) > 0) ? this.ahead : this.frames);
	}

	private long before(@Nullable WaitingFrames frames) {
		return (frames != null && !frames.isEmpty()) ? frames.before() : this.offered;
	}

	/** Return how many frames were dropped to make room. */
	synchronized long dropped() {
		return this.dropped;
	}

}
