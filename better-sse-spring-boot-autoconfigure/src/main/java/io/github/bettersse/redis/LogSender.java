package io.github.bettersse.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.bettersse.eventlog.LogView;
import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * Sends to Redis what waits, one call of the script at a time, so that the order is that
 * of the callers. No thread of its own sends: whoever adds something while nothing is on
 * its way does, and then the thread that brings the answer.
 *
 * <pre>
 *   DOWN --{@link #run} has a connection--+   +--added--+
 *     ^                               v   |         v
 *     |                              BUSY: one thread takes what waits, and makes a call of it
 *     |                             ^ |   |
 *     |                    answered | |   +--nothing waits--&gt; IDLE
 *     |                             | v
 *     +--failed, or no answer----- SENT
 * </pre>
 *
 * What was sent without an answer is kept over {@code DOWN} and sent again; an answer
 * that comes after all, of a connection that was given up, is ignored. Thread-safe.
 */
final class LogSender {

	/** Less than a command may take, unless that is set to less. */
	private static final Duration REPLICA_WAIT = Duration.ofSeconds(1);

	private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

	private enum Phase {

		DOWN, IDLE, BUSY, SENT

	}

	private final LogScript script;

	private final LogView view;

	private final Acknowledged acknowledged;

	private final int replicas;

	private final byte[] stateKey;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition idle = this.lock.newCondition();

	private final Condition broken = this.lock.newCondition();

	private final AppendQueue queue;

	/**
	 * What has no answer. For the thread alone that has made the phase {@code BUSY}.
	 */
	private final List<LogOperation> taken = new ArrayList<>();

	private Phase phase = Phase.DOWN;

	private @Nullable AsyncCommands commands;

	private boolean durable;

	private long deadline;

	private @Nullable Throwable failure;

	private String life;

	private volatile long streamLength = -1;

	LogSender(LogScript script, int replicas, byte[] stateKey, LogView view, Acknowledged acknowledged, String life) {
		this.script = script;
		this.replicas = replicas;
		this.stateKey = stateKey;
		this.view = view;
		this.acknowledged = acknowledged;
		this.queue = new AppendQueue(script.node());
		this.life = life;
	}

	/** Add something, and send it unless something is on its way. */
	void add(Consumer<AppendQueue> addition) {
		AsyncCommands commands = locked(() -> {
			addition.accept(this.queue);
			if (this.phase != Phase.IDLE) {
				return null;
			}
			this.phase = Phase.BUSY;
			return this.commands;
		});
		if (commands != null) {
			send(commands);
		}
	}

	/**
	 * Let all be sent over a connection, and see to it for a moment.
	 * @throws Exception if it is of no use any more
	 */
	void run(RedisLink link) throws Exception {
		AsyncCommands fresh = connect(link.commands(), link.isDurable());
		if (fresh != null) {
			send(fresh);
		}
		this.lock.lock();
		try {
			long left = CHECK_NANOS;
			while (this.failure == null && left > 0) {
				if (this.phase == Phase.SENT && this.deadline - System.nanoTime() <= 0) {
					broken(new IllegalStateException("Redis has not answered in time"));
				}
				else {
					long wait = (this.phase == Phase.SENT) ? Math.min(left, this.deadline - System.nanoTime()) : left;
					left -= wait - this.broken.awaitNanos(wait);
				}
			}
			if (this.failure instanceof Exception reason) {
				throw reason;
			}
			if (this.failure != null) {
				throw new IllegalStateException(this.failure);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return the commands if they are new, to begin with. */
	private @Nullable AsyncCommands connect(AsyncCommands commands, boolean durable) {
		return locked(() -> {
			if (this.commands == commands) {
				return null;
			}
			this.commands = commands;
			this.durable = durable;
			this.failure = null;
			this.phase = Phase.BUSY;
			return commands;
		});
	}

	/** Send what waits, on the thread that has made the phase {@code BUSY}. */
	private void send(AsyncCommands commands) {
		try {
			this.taken.removeIf(LogOperation::isOver);
			if (hasTaken()) {
				sent(commands.timeout());
				this.script.call(commands, this.view.getPosition(), this.life, this.durable, this.taken)
					.whenComplete((answer, failed) -> answered(commands, failed, () -> done(commands, answer)));
			}
		}
		catch (Throwable ex) {
			answered(commands, ex, () -> {
			});
		}
	}

	private boolean hasTaken() {
		return locked(() -> {
			if (this.taken.isEmpty()) {
				this.queue.moveTo(this.taken);
			}
			if (this.taken.isEmpty()) {
				this.phase = Phase.IDLE;
				this.idle.signalAll();
			}
			return !this.taken.isEmpty();
		});
	}

	private void sent(Duration timeout) {
		locked(() -> {
			this.deadline = System.nanoTime() + timeout.toNanos();
			return this.phase = Phase.SENT;
		});
	}

	/** Go on with an answer, unless it comes too late. */
	private void answered(AsyncCommands from, @Nullable Throwable failed, Runnable next) {
		this.lock.lock();
		try {
			if (this.commands != from || this.failure != null) {
				return;
			}
			if (failed != null) {
				broken(failed);
				return;
			}
			this.phase = Phase.BUSY;
		}
		finally {
			this.lock.unlock();
		}
		try {
			next.run();
		}
		catch (Throwable ex) {
			answered(from, ex, next);
		}
	}

	private void broken(Throwable failure) {
		this.failure = failure;
		this.phase = Phase.DOWN;
		this.broken.signalAll();
		this.idle.signalAll();
	}

	private void done(AsyncCommands commands, LogAnswer answer) {
		this.life = answer.life();
		if (answer.length() >= 0) {
			this.streamLength = answer.length();
		}
		if (!answer.done()) {
			send(commands);
		}
		else if (this.replicas == 0) {
			acknowledged(commands, answer);
		}
		else {
			// The script has written something, if only the state, that replicas can have
			sent(REPLICA_WAIT.plus(commands.timeout()));
			commands.awaitReplicas(this.stateKey, this.replicas, REPLICA_WAIT)
				.whenComplete((count, failed) -> answered(commands, failed, () -> {
					if (count >= this.replicas) {
						acknowledged(commands, answer);
					}
					else {
						send(commands);
					}
				}));
		}
	}

	private void acknowledged(AsyncCommands commands, LogAnswer answer) {
		for (int i = 0; i < this.taken.size(); i++) {
			if (this.taken.get(i) instanceof LogOperation.Append append) {
				this.acknowledged.add(append, Position.parse(answer.results().get(i)));
			}
			else if (this.taken.get(i) instanceof LogOperation.Ask ask) {
				this.acknowledged.await(answer.results().get(i), ask);
			}
		}
		this.taken.clear();
		send(commands);
	}

	/**
	 * Return how many records the stream had about a second ago, -1 if that is not known.
	 */
	long streamLength() {
		return this.streamLength;
	}

	/** Wait until nothing is left to be sent, but not for longer than so much. */
	void awaitIdle(long nanos) {
		this.lock.lock();
		try {
			long left = nanos;
			while (left > 0 && !isIdle()) {
				left = this.idle.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isIdle() {
		return this.queue.isEmpty() && (this.phase == Phase.IDLE || (this.phase == Phase.DOWN && this.taken.isEmpty()));
	}

	private <T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

}
