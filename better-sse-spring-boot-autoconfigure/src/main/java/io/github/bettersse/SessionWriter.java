package io.github.bettersse;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

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
final class SessionWriter extends GuardedDrain implements Connection.Listener {

	private static final System.Logger logger = System.getLogger(SessionWriter.class.getName());

	private static final int MAX_WRITE = 64 * 1024;

	private static final long MAX_FINISH_NANOS = TimeUnit.SECONDS.toNanos(1);

	private enum Ending {

		NONE, FINISH, ABORT

	}

	private final Connection connection;

	private final SessionOutlet outlet;

	private final Timer timer;

	private final SendQueue queue;

	private final WriteProgress progress;

	private final FlushWaiters flushWaiters = new FlushWaiters();

	/** Who runs the handler, until it has returned. */
	private volatile @Nullable Thread handlerThread = Thread.currentThread();

	private volatile WriterPhase phase = WriterPhase.HELD;

	private volatile Ending ending = Ending.NONE;

	private boolean unflushed;

	private @Nullable IOException failure;

	SessionWriter(Connection connection, SessionOutlet outlet, SendQueue queue, WriteProgress progress, Timer timer) {
		this.connection = connection;
		this.outlet = outlet;
		this.queue = queue;
		this.progress = progress;
		this.timer = timer;
	}

	/** Queue a frame; false if there was no room for it. */
	boolean offer(Frame frame) {
		return this.ending != Ending.NONE || this.phase == WriterPhase.ENDED || this.queue.offer(frame);
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
	DrainOutcome work() {
		try {
			while (this.phase != WriterPhase.ENDED) {
				if (this.ending == Ending.ABORT) {
					return end(DrainOutcome.ABORTED);
				}
				if (!this.connection.isReady()) {
					if (this.phase == WriterPhase.OPEN && this.progress.stalls()) {
						this.outlet.pulse().stalled();
					}
					return DrainOutcome.WAITING;
				}
				this.progress.flows();
				Frame frame = this.queue.poll(MAX_WRITE);
				if (frame != null) {
					this.unflushed = true;
					this.connection.write(frame);
					this.progress.wrote();
				}
				else if (this.unflushed) {
					this.unflushed = false;
					this.connection.flush();
				}
				else {
					this.flushWaiters.reached(this.queue.gone());
					return (this.ending == Ending.FINISH) ? end(DrainOutcome.FINISHED) : DrainOutcome.WAITING;
				}
			}
			return DrainOutcome.WAITING;
		}
		catch (IOException | RuntimeException ex) {
			return fail(ex);
		}
	}

	private DrainOutcome fail(Exception ex) {
		this.failure = (ex instanceof IOException broken) ? broken : new IOException("The connection is unusable", ex);
		return end(DrainOutcome.FAILED);
	}

	private DrainOutcome end(DrainOutcome outcome) {
		this.phase = WriterPhase.ENDED;
		this.queue.clear();
		return outcome;
	}

	@Override
	void conclude(DrainOutcome outcome) {
		switch (outcome) {
			case FINISHED -> this.connection.close();
			case ABORTED -> this.connection.abort(null);
			case FAILED -> this.connection.abort(this.failure);
			case WAITING -> {
			}
		}
		this.flushWaiters.completeReached(executor());
		if (outcome != DrainOutcome.WAITING) {
			ended(this.failure);
		}
	}

	/** Dependent stages run on the listeners' executor, but in a handler right there. */
	private Executor executor() {
		return isHandlerThread() ? Runnable::run : this.outlet.executor();
	}

	private void ended(@Nullable Throwable cause) {
		this.flushWaiters.fail(executor(), cause);
		this.outlet.released(cause);
	}

	/**
	 * Send the head and the preamble, blocking; on the handler's thread.
	 * @return whether the client is still there
	 */
	boolean commit(ResponseHead head, @Nullable Frame preamble) {
		try {
			this.connection.open(head);
			if (preamble != null) {
				this.connection.write(preamble);
			}
			this.connection.flush();
			this.progress.wrote();
			this.phase = WriterPhase.BLOCKING;
			return true;
		}
		catch (IOException ex) {
			conclude(fail(ex));
			return false;
		}
	}

	/** Let all threads write from now on; on the handler's thread, after commit. */
	void start() {
		if (this.ending != Ending.NONE) {
			drain();
		}
		conclude(startConnection());
		limitFinish();
		drain();
	}

	private DrainOutcome startConnection() {
		lock();
		try {
			if (this.phase == WriterPhase.BLOCKING) {
				this.phase = WriterPhase.OPEN;
				this.handlerThread = null;
				this.connection.start(this);
			}
			return DrainOutcome.WAITING;
		}
		catch (IOException ex) {
			return fail(ex);
		}
		catch (RuntimeException ex) {
			logger.log(Level.WARNING, "A stream has ended at once: its connection cannot be written asynchronously",
					ex);
			return fail(ex);
		}
		finally {
			unlock();
		}
	}

	/** Nothing was sent and nothing will be: another answer goes to the client. */
	void discard() {
		end(DrainOutcome.WAITING);
		ended(null);
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
		if (this.ending == Ending.NONE) {
			this.ending = Ending.FINISH;
		}
		limitFinish();
		drain();
	}

	private void limitFinish() {
		if (this.ending == Ending.FINISH && this.phase == WriterPhase.OPEN) {
			this.timer.schedule(this::abort, MAX_FINISH_NANOS);
		}
	}

	/** End the stream as it is. */
	void abort() {
		this.ending = Ending.ABORT;
		drain();
	}

	/** Complete a future when all that is queued now was handed to the socket. */
	void flush(CompletableFuture<Void> flushed) {
		this.flushWaiters.add(this.queue.offered(), flushed);
		drain();
		if (this.phase == WriterPhase.ENDED) {
			this.flushWaiters.fail(executor(), this.failure);
		}
	}

	@Override
	public void onWritable() {
		drain();
	}

	@Override
	public void onClosed(@Nullable Throwable cause) {
		boolean first;
		lock();
		try {
			first = this.phase != WriterPhase.ENDED;
			end(DrainOutcome.WAITING);
		}
		finally {
			unlock();
		}
		if (first) {
			ended(cause);
		}
	}

}
