package io.github.bettersse.redis;

import java.io.IOException;

/**
 * A record of the log cannot be read.
 */
final class UnreadableRecordException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Cause kind;

	/** Why: each is worth a warning of its own. */
	enum Cause {

		/** Of a release that writes another version. */
		VERSION,

		/** Of a kind that this release does not know. */
		KIND,

		/** Larger than this node allows. */
		SIZE,

		/** Not what its version and kind say. */
		CONTENT,

		/** Without its place in the log. */
		MARK

	}

	UnreadableRecordException(Cause kind, String message) {
		super(message);
		this.kind = kind;
	}

	Cause kind() {
		return this.kind;
	}

}
