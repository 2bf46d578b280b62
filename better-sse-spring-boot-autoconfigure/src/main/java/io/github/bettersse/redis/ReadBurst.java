package io.github.bettersse.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Reads of a stream, each asked for by the thread that brings the answer of the one
 * before, so that nobody has to be woken up for an event. Ends after a while, for what
 * must wait or ask: when there is nothing to read for a moment, when a record is not the
 * next one, and after some bytes or half a second, whichever comes first.
 */
final class ReadBurst {

	private static final Duration BLOCK = Duration.ofMillis(500);

	private static final int PAGE = 256;

	private static final int MAX_BYTES = 256 * 1024;

	private final AsyncCommands commands;

	private final byte[] stream;

	private final Target target;

	private final long end = System.nanoTime() + BLOCK.toNanos();

	private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

	private int bytes;

	/**
	 * Takes what is read: one call at a time, on whatever thread.
	 */
	interface Target {

		/** Return the id of the last record that was taken. */
		String lastId();

		/** Take a record; false if it is not the next one. */
		boolean take(StreamRecord record);

	}

	ReadBurst(AsyncCommands commands, byte[] stream, Target target) {
		this.commands = commands;
		this.stream = stream;
		this.target = target;
	}

	/**
	 * Read until the burst ends.
	 * @return whether there was nothing to read in the end
	 */
	boolean run() throws Exception {
		read();
		try {
			return this.ended.get(2 * BLOCK.toNanos() + this.commands.timeout().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Redis cannot be read", ex.getCause());
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("Redis has not answered in time", ex);
		}
		finally {
			abandon();
		}
	}

	/** Wait for an answer that is being taken, and take no more. */
	private synchronized void abandon() {
		this.ended.cancel(false);
	}

	private synchronized void read() {
		this.commands.read(this.stream, this.target.lastId(), PAGE, BLOCK).whenComplete(this::answered);
	}

	private synchronized void answered(@Nullable List<StreamRecord> records, @Nullable Throwable failure) {
		if (this.ended.isDone()) {
			return;
		}
		try {
			if (failure != null) {
				this.ended.completeExceptionally(failure);
			}
			else if (records == null || records.isEmpty()) {
				this.ended.complete(true);
			}
			else if (takeAll(records) && this.bytes < MAX_BYTES && System.nanoTime() - this.end < 0) {
				read();
			}
			else {
				this.ended.complete(false);
			}
		}
		catch (Throwable ex) {
			this.ended.completeExceptionally(ex);
		}
	}

	private boolean takeAll(List<StreamRecord> records) {
		for (StreamRecord record : records) {
			if (!this.target.take(record)) {
				return false;
			}
			this.bytes += record.content().length;
		}
		return true;
	}

}
