package io.github.bettersse.eventlog;

import java.security.SecureRandom;

/**
 * The place of an event in a log.
 *
 * @param epoch the life of the log that the sequence belongs to: ten characters of
 * {@code [0-9a-z]}
 * @param sequence counts the events of all channels from 1
 */
public record Position(String epoch, long sequence) {

	private static final int EPOCH_LENGTH = 10;

	private static final int EPOCH_RADIX = 36;

	private static final SecureRandom RANDOM = new SecureRandom();

	/**
	 * Return the position before the first event of a new epoch.
	 * @return a position with sequence 0
	 */
	public static Position newEpoch() {
		StringBuilder epoch = new StringBuilder(EPOCH_LENGTH);
		for (int i = 0; i < EPOCH_LENGTH; i++) {
			epoch.append(Character.forDigit(RANDOM.nextInt(EPOCH_RADIX), EPOCH_RADIX));
		}
		return new Position(epoch.toString(), 0);
	}

	/**
	 * Return the position after this one.
	 * @return the next position of the same epoch
	 */
	public Position next() {
		return new Position(this.epoch, this.sequence + 1);
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
