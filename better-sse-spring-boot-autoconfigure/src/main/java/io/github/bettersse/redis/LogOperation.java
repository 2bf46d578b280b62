package io.github.bettersse.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be done to the log by its script, once.
 */
sealed interface LogOperation {

	/** Return the channel whose history is concerned, if any. */
	@Nullable String channel();

	/** Return the size of what is sent. */
	int size();

	/** Add what the script needs. */
	void addTo(List<byte[]> arguments, int history);

	/** Return whether nobody waits for it any more. */
	boolean isOver();

	/**
	 * An event to append.
	 *
	 * @param counter the number by which the script knows it again
	 * @param position completes when it is in the log
	 */
	record Append(long counter, LogRecord.Event event, byte[] content,
			CompletableFuture<Position> position) implements LogOperation {

		/** The length of an {@code id} line without the id. */
		private static final int ID_LINE = 5;

		/** The length of an epoch and a hyphen. */
		private static final int EPOCH = 11;

		@Override
		public @Nullable String channel() {
			return this.event.retention().isNone() ? null : this.event.channel();
		}

		@Override
		public int size() {
			return this.content.length;
		}

		@Override
		public void addTo(List<byte[]> arguments, int history) {
			String id = this.event.id();
			if (id == null && history == 0 && this.event.latestField().isEmpty()) {
				LogScript.add(arguments, "P", this.counter, this.content);
				return;
			}
			int size = this.event.encoded().size() + ID_LINE + ((id != null) ? LogKeys.bytes(id).length : EPOCH);
			LogScript.add(arguments, "E", this.counter, history, this.event.channel(),
					this.event.retention().maxEvents(), this.event.retention().maxAge().toMillis(),
					this.event.retention().maxSize(), size, (id != null) ? id : "", this.event.latestField(),
					this.content);
		}

		@Override
		public boolean isOver() {
			return this.position.isDone();
		}

	}

	/** The history of a channel to give back. */
	record Forget(String channel, long upTo) implements LogOperation {

		@Override
		public int size() {
			return this.channel.length();
		}

		@Override
		public void addTo(List<byte[]> arguments, int history) {
			LogScript.add(arguments, "F", history, this.channel, this.upTo,
					LogRecord.write(new LogRecord.Forget(this.channel, this.upTo)));
		}

		@Override
		public boolean isOver() {
			return false;
		}

	}

	/**
	 * The question how far the log has come.
	 *
	 * @param read completes when this node has read all that there was then
	 */
	record Ask(CompletableFuture<Void> read) implements LogOperation {

		@Override
		public @Nullable String channel() {
			return null;
		}

		@Override
		public int size() {
			return 1;
		}

		@Override
		public void addTo(List<byte[]> arguments, int history) {
			LogScript.add(arguments, "A");
		}

		@Override
		public boolean isOver() {
			return this.read.isDone();
		}

	}

	/**
	 * Something to tell all nodes.
	 *
	 * @param kind how the script calls it
	 */
	record Tell(String kind, byte[] content) implements LogOperation {

		@Override
		public @Nullable String channel() {
			return null;
		}

		@Override
		public int size() {
			return this.content.length;
		}

		@Override
		public void addTo(List<byte[]> arguments, int history) {
			LogScript.add(arguments, this.kind, this.content);
		}

		@Override
		public boolean isOver() {
			return false;
		}

	}

}
