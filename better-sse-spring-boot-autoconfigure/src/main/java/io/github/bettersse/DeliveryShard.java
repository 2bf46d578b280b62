package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * One thread that hands broadcasts to the sessions that belong to it, and whatever has to
 * come behind a broadcast: commands, done strictly in the order of their submission. A
 * session belongs to one shard for life. Events of one channel that wait together go to
 * its sessions as one {@linkplain DeliveryRun run}.
 * <p>
 * Submitting never waits for the thread; the thread never waits for a session.
 */
final class DeliveryShard implements AutoCloseable {

	private static final System.Logger logger = System.getLogger(DeliveryShard.class.getName());

	private final int index;

	private final Thread thread;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private Deque<Object> submitted = new ArrayDeque<>();

	private long lastSubmitted;

	private volatile long lastDone;

	private boolean closed;

	DeliveryShard(int index) {
		this.index = index;
		this.thread = new Thread(() -> LibraryThread.run(this::run), "better-sse-delivery-" + index);
		this.thread.setDaemon(true);
		this.thread.start();
	}

	int index() {
		return this.index;
	}

	/** Return whether the thread runs. */
	boolean isAlive() {
		return this.thread.isAlive();
	}

	/** Do something behind all that was submitted before. */
	void submit(Runnable command) {
		submit(command, (ticket) -> {
		});
	}

	/**
	 * Do something behind all that was submitted before.
	 * @param ticket gets the command's number before any later one is given out
	 */
	void submit(Runnable command, LongConsumer ticket) {
		if (!offer(command, ticket)) {
			command.run();
		}
	}

	/**
	 * Do something behind all that was submitted before, unless this shard is closed.
	 * @param ticket gets the command's number before any later one is given out
	 * @return false if it is closed
	 */
	boolean offer(Runnable command, LongConsumer ticket) {
		return enqueue(command, ticket);
	}

	/** Hand an event to the sessions of its channel. */
	void submit(Delivery delivery, LongConsumer ticket) {
		if (!enqueue(delivery, ticket)) {
			delivery.done();
		}
	}

	/** Wait until all that was submitted before is done. Not for this shard's thread. */
	void await() {
		CountDownLatch done = new CountDownLatch(1);
		submit(done::countDown);
		try {
			done.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SseException("Interrupted while waiting for an earlier broadcast to be delivered.", ex);
		}
	}

	/** Return whether the command of a number has not been done yet. */
	boolean isPending(long ticket) {
		return this.lastDone < ticket;
	}

	private boolean enqueue(Object command, LongConsumer ticket) {
		this.lock.lock();
		try {
			if (this.closed) {
				return false;
			}
			this.submitted.add(command);
			ticket.accept(++this.lastSubmitted);
			this.notEmpty.signal();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void run() {
		Deque<Object> taken = new ArrayDeque<>();
		while (true) {
			Deque<Object> next = take(taken);
			if (next == null) {
				return;
			}
			taken = next;
			while (!taken.isEmpty()) {
				this.lastDone = this.lastDone + doNext(taken);
			}
		}
	}

	/** Swap the empty queue for the one that was filled meanwhile. */
	private @Nullable Deque<Object> take(Deque<Object> empty) {
		this.lock.lock();
		try {
			while (this.submitted.isEmpty()) {
				if (this.closed) {
					return null;
				}
				this.notEmpty.awaitUninterruptibly();
			}
			Deque<Object> full = this.submitted;
			this.submitted = empty;
			return full;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Do one command, or several events that can be joined.
	 * @return how many commands are done
	 */
	private int doNext(Deque<Object> commands) {
		Object command = commands.remove();
		if (command instanceof Delivery delivery) {
			DeliveryRun run = DeliveryRun.take(delivery, commands);
			attempt(() -> run.channel().members().of(this.index).deliver(run));
			run.done();
			return run.size();
		}
		attempt((Runnable) command);
		return 1;
	}

	private static void attempt(Runnable command) {
		try {
			command.run();
		}
		catch (Throwable ex) {
			logger.log(Level.ERROR, "A delivery has failed unexpectedly", ex);
		}
	}

	/** Do what was submitted, then end the thread. Does not wait for it. */
	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.notEmpty.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

}
