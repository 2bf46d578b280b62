package io.github.bettersse.test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import io.github.bettersse.test.EventStreamParser.Event;
import org.jspecify.annotations.Nullable;

/**
 * Records what a client gets, and lets others wait for it. Thread-safe.
 */
final class EventRecorder {

	/** Moves the client's last event id; nobody listens to it. */
	private static final String CURSOR = "stream-cursor";

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final EventStreamParser parser = new EventStreamParser();

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private int taken;

	private boolean ended;

	private @Nullable Throwable failure;

	void feed(byte[] chunk, int length) {
		this.lock.lock();
		try {
			this.bytes.write(chunk, 0, length);
			this.parser.feed(chunk, 0, length);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The stream has ended.
	 * @param failure what has broken it, {@code null} if it ended in order
	 */
	void end(@Nullable Throwable failure) {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.ended = true;
				this.failure = failure;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Take the next event, {@code null} if there is none in time. */
	@Nullable Event take(Duration timeout) {
		return locked(() -> {
			boolean there = await(() -> events().size() > this.taken || this.ended, timeout);
			return (there && events().size() > this.taken) ? events().get(this.taken++) : null;
		});
	}

	/**
	 * Wait for a condition.
	 * @return whether it holds in time, or before the stream has ended
	 */
	boolean await(BooleanSupplier condition, Duration timeout) {
		return locked(() -> {
			long left = timeout.toNanos();
			try {
				while (!condition.getAsBoolean() && !this.ended && left > 0) {
					left = this.changed.awaitNanos(left);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return condition.getAsBoolean();
		});
	}

	<T extends @Nullable Object> T locked(Supplier<T> read) {
		this.lock.lock();
		try {
			return read.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	List<Event> events() {
		return locked(() -> this.parser.getEvents().stream().filter((event) -> !event.type().equals(CURSOR)).toList());
	}

	/** Return the events that nobody has taken. */
	List<Event> left() {
		return locked(() -> events().subList(this.taken, events().size()));
	}

	List<String> comments() {
		return locked(() -> List.copyOf(this.parser.getComments()));
	}

	@Nullable Duration retry() {
		return locked(() -> {
			List<Long> retries = this.parser.getRetries();
			return retries.isEmpty() ? null
					: Duration.of(retries.get(retries.size() - 1), TimeUnit.MILLISECONDS.toChronoUnit());
		});
	}

	String lastEventId() {
		return locked(this.parser::getLastEventId);
	}

	String text() {
		return this.bytes.toString(StandardCharsets.UTF_8);
	}

	boolean isEnded() {
		return locked(() -> this.ended);
	}

	@Nullable Throwable failure() {
		return locked(() -> this.failure);
	}

}
