package io.github.bettersse.eventlog;

/**
 * Why a client cannot get what it missed. It is told so by a {@code stream-reset} event
 * with the name of the reason.
 */
public enum ResetReason {

	/**
	 * The log gave no such id, or it was given by the application and is forgotten since:
	 * the newest 10,000 are remembered.
	 */
	UNKNOWN("unknown"),

	/** The position is of another life of the log, such as one before a restart. */
	FOREIGN_EPOCH("foreign-epoch"),

	/** Of the events after the position not all are retained any more. */
	TRIMMED("trimmed"),

	/** The id has the form of a position, but is none. */
	MALFORMED("malformed"),

	/** The log has not yet come to that position. */
	FORGED("forged");

	private final String text;

	ResetReason(String text) {
		this.text = text;
	}

	/**
	 * Return the name of the reason as clients are told.
	 * @return the name in lower case
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
