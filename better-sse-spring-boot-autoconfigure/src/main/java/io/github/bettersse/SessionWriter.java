package io.github.bettersse;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one session has queued to its connection: the drain, its guard, and the one
 * place where a connection ends.
 *
 * <pre>
 *   HELD --commit--> BLOCKING --start--> OPEN        who may drain: nobody; the handler's thread; any thread
 *     |                 |                  |
 *     +-----------------+------------------+--> ENDED   (queue drained after finish(); abort(); a failed
 *                                                        write; or the connection's own onClosed)
 * </pre>
 *
 * Only {@link #onClosed} waits for the guard of the drain: when it returns, no write is
 * under way and none will begin, so a container may recycle the response. The connection
 * is closed or aborted after the guard was released, once, by whoever set ENDED; no user
 * code runs under the guard.
 */
final class SessionWriter extends ConnectionDrain implements Connection.Listener {

	private static final int MAX_WRITE = 64 * 1024;

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private volatile FlushWaiters flushWaiters = FlushWaiters.NONE;

	/** Who runs the handler, until it has returned. */
	private volatile @Nullable Thread handlerThread = Thread.currentThread();

	private volatile WriterPhase phase = WriterPhase.HELD;

	private volatile WriterEnding ending = WriterEnding.NONE;

	/** What ended the connection, if it did not end in order. */
	private @Nullable Throwable failure;

	SessionWriter(Connection connection, SessionOutlet outlet, SendQueue queue, WriteProgress progress) {
		super(connection, progress);
		this.outlet = outlet;
		this.queue = queue;
	}

	/** Return whether no more is taken. */
	boolean isEnding() {
		return this.ending != WriterEnding.NONE || this.phase == WriterPhase.ENDED;
	}

	@Override
	boolean mayWork() {
		return switch (this.phase) {
			case HELD, ENDED -> false;
			case BLOCKING -> isHandlerThread();
			case OPEN -> true;
		};
	}

	/** Return whether the caller is the thread whose handler has not yet returned. */
	boolean isHandlerThread() {
		return Thread.currentThread() == this.handlerThread;
	}

	/** Return whether nothing was sent yet, so that any other answer is possible. */
	boolean isHeld() {
		return this.phase == WriterPhase.HELD;
	}

	@Override
	boolean seemsReady() {
		return this.phase == WriterPhase.OPEN && super.seemsReady();
	}

	@Override
	DrainOutcome work() {
		try {
			while (this.phase != WriterPhase.ENDED) {
				if (this.ending == WriterEnding.ABORT) {
					return end(DrainOutcome.ABORTED);
				}
				if (!isReady()) {
					if (this.phase == WriterPhase.OPEN && progress().stalls()) {
						this.outlet.pulse().stalled();
					}
					return DrainOutcome.WAITING;
				}
				if (this.phase == WriterPhase.OPEN) {
					progress().flows();
				}
				// A reader that never catches up does not keep who waits for a flush.
				boolean awaited = this.flushWaiters.isAwaited(this.queue);
				Frame frame = awaited ? null : this.queue.poll(MAX_WRITE);
				if (frame != null) {
					write(frame);
				}
				else if (!flush()) {
					this.flushWaiters.reached(this.queue);
					boolean finish = this.ending == WriterEnding.FINISH;
					if (!this.queue.hasNext()) {
						return (finish && this.queue.isEmpty()) ? end(DrainOutcome.FINISHED) : DrainOutcome.WAITING;
					}
				}
			}
			return DrainOutcome.WAITING;
		}
		catch (Throwable ex) {
			return fail(ex);
		}
	}

	@Override
	@Nullable DrainOutcome workOn(Frame frame, Delivery last) {
		try {
			if (isEnding() || !isFlushed() || !isReady() || !this.queue.pass(frame, last)) {
				return null;
			}
			progress().flows();
			write(frame);
			return (isReady() && flush() && isReady()) ? DrainOutcome.WAITING : work();
		}
		catch (Throwable ex) {
			return fail(ex);
		}
	}

	private DrainOutcome fail(Throwable cause) {
		DrainOutcome.report(cause);
		this.failure = cause;
		return end(DrainOutcome.FAILED);
	}

	private DrainOutcome failAtStart(Throwable cause) {
		if (cause instanceof RuntimeException) {
			this.outlet.failures().ofConnection(cause);
		}
		return fail(cause);
	}

	/** End, unless the connection has ended by itself. */
	private DrainOutcome end(DrainOutcome outcome) {
		boolean first = this.phase != WriterPhase.ENDED;
		this.phase = WriterPhase.ENDED;
		this.queue.clear();
		return first ? outcome : DrainOutcome.WAITING;
	}

	@Override
	void conclude(DrainOutcome outcome) {
		if (outcome != DrainOutcome.WAITING) {
			this.outlet.releasing();
		}
		outcome.applyTo(connection(), this.failure);
		this.flushWaiters.completeReached();
		if (outcome != DrainOutcome.WAITING) {
			this.outlet.end(DisconnectReason.CLIENT_GONE);
			this.flushWaiters.fail(this.failure);
			this.outlet.released(this.failure);
		}
		else {
			this.outlet.history().drained();
		}
	}

	/**
	 * Send the head and the preamble, blocking; on the handler's thread.
	 * @return whether the client is still there
	 */
	boolean commit(ResponseHead head, @Nullable Frame preamble) {
		try {
			StreamHead.send(connection(), head, preamble);
			progress().wrote();
			this.phase = WriterPhase.BLOCKING;
			return true;
		}
		catch (Throwable ex) {
			conclude(failAtStart(ex));
			return false;
		}
	}

	/** Let all threads write from now on; on the handler's thread, after commit. */
	void start() {
		if (this.ending != WriterEnding.NONE) {
			drain();
		}
		exclusively(this::startConnection);
		limitFinish();
		drain();
		this.outlet.pulse().start();
	}

	private DrainOutcome startConnection() {
		try {
			if (this.phase == WriterPhase.BLOCKING) {
				this.phase = WriterPhase.OPEN;
				this.handlerThread = null;
				connection().start(this);
			}
			return DrainOutcome.WAITING;
		}
		catch (Throwable ex) {
			return failAtStart(ex);
		}
	}

	/** Nothing was sent and nothing will be: another answer goes to the client. */
	void discard() {
		conclude(end(DrainOutcome.GONE));
	}

	/**
	 * Send what is queued, then end the stream: at most for a second, once no handler is
	 * writing.
	 * @param last what still goes out as the last of all
	 */
	void finish(@Nullable Frame last) {
		if (last != null) {
			this.queue.offer(last);
		}
		if (this.ending == WriterEnding.NONE) {
			this.ending = WriterEnding.FINISH;
		}
		limitFinish();
		drain();
	}

	private void limitFinish() {
		if (this.ending == WriterEnding.FINISH && this.phase == WriterPhase.OPEN) {
			this.outlet.pulse().limitFinish(this);
		}
	}

	/** End the stream as it is. */
	void abort() {
		this.ending = WriterEnding.ABORT;
		drain();
	}

	/**
	 * Complete a future when all that is queued now was handed to the socket. Dependent
	 * stages run on the listeners' executor, but those of a handler's future right there.
	 */
	void flush(CompletableFuture<Void> flushed) {
		Executor executor = isHandlerThread() ? Runnable::run : this.outlet.executor();
		// After the end, what came before is lost even if nothing of it was ever queued.
		long frames = (this.phase != WriterPhase.ENDED) ? this.queue.offered() : Long.MAX_VALUE;
		synchronized (this) {
			this.flushWaiters = this.flushWaiters.some();
		}
		this.flushWaiters.add(frames, flushed, executor);
		drain();
		if (this.phase == WriterPhase.ENDED) {
			this.flushWaiters.fail(this.failure);
		}
	}

	@Override
	public void onWritable() {
		drain();
	}

	@Override
	public void onDeparture(Departure departure) {
		this.outlet.listeners().departed(departure);
	}

	@Override
	public void onClosed(@Nullable Throwable cause) {
		exclusively(() -> {
			if (this.phase != WriterPhase.ENDED) {
				this.failure = cause;
			}
			return end(DrainOutcome.GONE);
		});
	}

}
