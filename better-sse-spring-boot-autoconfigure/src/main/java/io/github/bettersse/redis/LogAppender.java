package io.github.bettersse.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.bettersse.SseException;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.LogView;
import io.github.bettersse.eventlog.Position;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Appends what this node has to say. Whatever gathers while one call of the script is on
 * its way goes with the next one, so that there is one call at a time and the order is
 * that of the callers. Thread-safe.
 *
 * <pre>
 *   waiting --taken--&gt; sent --answered, and replicas have it--&gt; acknowledged --read from the stream--&gt; done
 *                        |  ^
 *                        +--+ no answer, or too few replicas: the same again. What the script has done already
 *                             it knows by its number, and answers with the position that it got then.
 *   any of them --append timeout--&gt; failed: it is not sent again, but may be in the log
 * </pre>
 */
final class LogAppender {

	private static final int MAX_OPERATIONS = 128;

	private static final int MAX_BYTES = 512 * 1024;

	private static final int MAX_IDS = 10_000;

	private final LogScript script;

	private final RedisLogSettings settings;

	private final ReplicaWait replicas;

	private final LogView view;

	private final Acknowledged acknowledged;

	private final Semaphore room;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition notEmpty = this.lock.newCondition();

	private final Condition idle = this.lock.newCondition();

	private final Deque<LogOperation> waiting = new ArrayDeque<>();

	/** Ids of pushes; of many only the newest are worth to be told. */
	private final LinkedHashMap<String, Position> ids = new LinkedHashMap<>() {
		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Position> eldest) {
			return size() > MAX_IDS;
		}
	};

	private long counter;

	/** Whether something was taken and has no answer. */
	private boolean busy;

	/** What was taken and has no answer. For the thread of {@link #run} alone. */
	private final List<LogOperation> taken = new ArrayList<>();

	private String life;

	LogAppender(LogScript script, RedisLogSettings settings, ReplicaWait replicas, LogView view,
			Acknowledged acknowledged, String life) {
		this.script = script;
		this.replicas = replicas;
		this.settings = settings;
		this.view = view;
		this.acknowledged = acknowledged;
		this.room = new Semaphore(settings.maxInFlight());
		this.life = life;
	}

	/**
	 * Append an event. Waits while too many are on their way.
	 * @return fails if there is no answer in time
	 */
	CompletableFuture<Position> append(LogEvent event) {
		LogRecord.Event record = LogRecord.Event.of(event);
		byte[] content = LogRecord.write(record);
		if (content.length > this.settings.maxRecordSize()) {
			throw new SseException("Cannot broadcast: the event takes %d bytes in the log, more than %d"
				.formatted(content.length, this.settings.maxRecordSize()));
		}
		awaitRoom();
		CompletableFuture<Position> position = new CompletableFuture<>();
		CompletableFuture<Position> result = new CompletableFuture<>();
		position.orTimeout(this.settings.appendTimeout().toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((appended, failure) -> {
				this.room.release();
				if (failure != null) {
					result.completeExceptionally(unanswered());
				}
				else {
					result.complete(appended);
				}
			});
		add(() -> this.waiting.add(new LogOperation.Append(++this.counter, record, content, position)));
		return result;
	}

	private SseException unanswered() {
		return new SseException("Redis has not acknowledged the event within "
				+ this.settings.appendTimeout().toMillis() + " ms; whether it is in the log is unknown.");
	}

	private void awaitRoom() {
		try {
			if (!this.room.tryAcquire(this.settings.appendTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
				throw new SseException("Cannot broadcast: " + this.settings.maxInFlight()
						+ " events were waiting for Redis for " + this.settings.appendTimeout().toMillis() + " ms.");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SseException("Cannot broadcast: interrupted while waiting for Redis.", ex);
		}
	}

	/** Do something else to the log, in its turn. */
	void submit(LogOperation operation) {
		add(() -> this.waiting.add(operation));
	}

	/** Let all nodes remember the id of a push. */
	void remember(String id, Position position) {
		add(() -> {
			this.ids.remove(id);
			this.ids.put(id, position);
		});
	}

	private void add(Runnable addition) {
		this.lock.lock();
		try {
			addition.run();
			this.notEmpty.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Send what waits, and what was sent without an answer. */
	void run(RedisLink link) throws InterruptedException {
		if (this.taken.isEmpty()) {
			take();
		}
		this.taken.removeIf(LogOperation::isOver);
		if (!this.taken.isEmpty()) {
			send(link);
		}
		if (this.taken.isEmpty()) {
			done();
		}
	}

	private void send(RedisLink link) throws InterruptedException {
		RedisConnection connection = link.connection();
		LogState state = this.script.call(connection, this.view.getPosition(), this.life, link.isDurable(), "",
				this.taken);
		this.life = state.life();
		// The script has written something, if only the state, that replicas can have.
		if (state.done() && this.replicas.isReplicated(connection)) {
			for (int i = 0; i < this.taken.size(); i++) {
				if (this.taken.get(i) instanceof LogOperation.Append append) {
					this.acknowledged.add(append, Position.parse(state.results().get(i)));
				}
			}
			this.taken.clear();
		}
	}

	private void done() {
		this.lock.lock();
		try {
			this.busy = false;
			this.idle.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Wait until nothing is left to be sent, but not for longer than so much. */
	void awaitIdle(long nanos) {
		this.lock.lock();
		try {
			long left = nanos;
			while (left > 0 && (this.busy || !this.waiting.isEmpty() || !this.ids.isEmpty())) {
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

	private void take() throws InterruptedException {
		this.lock.lock();
		try {
			while (this.waiting.isEmpty() && this.ids.isEmpty()) {
				this.notEmpty.await();
			}
			this.busy = true;
			if (!this.ids.isEmpty()) {
				this.taken.add(new LogOperation.Tell("I",
						LogRecord.write(new LogRecord.GivenIds(this.script.node(), new LinkedHashMap<>(this.ids)))));
				this.ids.clear();
			}
			int bytes = 0;
			while (!this.waiting.isEmpty() && this.taken.size() < MAX_OPERATIONS && bytes < MAX_BYTES) {
				LogOperation next = this.waiting.remove();
				this.taken.add(next);
				bytes += next.size();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
