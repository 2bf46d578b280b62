package io.github.bettersse.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.SseException;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;

/**
 * Appends events for callers, of which not too many are on their way. Thread-safe.
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

	private final RedisLogSettings settings;

	private final LogSender sender;

	private final AppendDeadlines deadlines;

	private final Semaphore room;

	LogAppender(RedisLogSettings settings, LogSender sender) {
		this.settings = settings;
		this.sender = sender;
		this.deadlines = new AppendDeadlines(settings.appendTimeout());
		this.room = new Semaphore(settings.maxInFlight());
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
		position.whenComplete((appended, failure) -> {
			this.room.release();
			if (failure != null) {
				result.completeExceptionally(unanswered());
			}
			else {
				result.complete(appended);
			}
		});
		this.deadlines.add(position);
		this.sender
			.add((queue) -> queue.addNumbered((number) -> new LogOperation.Append(number, record, content, position)));
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

}
