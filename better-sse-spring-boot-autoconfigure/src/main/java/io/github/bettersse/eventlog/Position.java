package io.github.bettersse.eventlog;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * The place of an event in a log.
 *
 * @param epoch the life of the log that the sequence belongs to: ten characters of
 * {@code [0-9a-z]}
 * @param sequence counts the events of all channels from 1
 */
public record Position(String epoch, long sequence) implements Comparable<Position> {

	private static final int EPOCH_LENGTH = 10;

	private static final int EPOCH_RADIX = 36;

	/** How many there can be: 36 to the power of 10. */
	private static final long EPOCHS = 3_656_158_440_062_976L;

	/** One is drawn for each call to a shared log, so that it must not cost much. */
	private static final SplittableRandom RANDOM = new SplittableRandom(new SecureRandom().nextLong());

	/**
	 * Return the position before the first event of a new epoch.
	 * @return a position with sequence 0
	 */
	public static Position newEpoch() {
		String epoch;
		synchronized (RANDOM) {
			epoch = Long.toString(RANDOM.nextLong(EPOCHS), EPOCH_RADIX);
		}
		return new Position("0".repeat(EPOCH_LENGTH - epoch.length()) + epoch, 0);
	}

	/**
	 * Return the position that an id stands for.
	 * @param id an id of the form of a position
	 * @return the position
	 * @throws NumberFormatException if its sequence is none
	 * @see io.github.bettersse.event.EventId#isPosition(String)
	 */
	public static Position parse(String id) {
		return new Position(id.substring(0, EPOCH_LENGTH), Long.parseLong(id, EPOCH_LENGTH + 1, id.length(), 10));
	}

	/**
	 * Return another position of the same epoch.
	 * @param sequence its sequence
	 * @return the position
	 */
	public Position at(long sequence) {
		return new Position(this.epoch, sequence);
	}

	/**
	 * Compare positions of one log by their order. A later epoch of a log begins with
	 * greater sequences than a node has seen before, so that alone they tell the order;
	 * whether the positions of two epochs belong to one log is for the log to know.
	 */
	@Override
	public int compareTo(Position other) {
		return Long.compare(this.sequence, other.sequence);
	}

	/**
	 * Return the position after this one.
	 * @return the next position of the same epoch
	 */
	public Position next() {
		return at(this.sequence + 1);
	}

	/**
	 * Return the position as it stands in an {@code id:} field.
	 * @return {@code <epoch>-<sequence>}
	 */
	@Override
	public String toString() {
		return this.epoch + "-" + this.sequence;
	}

}
