package io.github.bettersse.redis;

import java.nio.charset.StandardCharsets;

/**
 * The keys of a log, all with one hash tag, so that a cluster has them in one slot.
 * Immutable.
 *
 * @param prefix what they begin with, hash tag included
 */
record LogKeys(String prefix) {

	static LogKeys of(String prefix) {
		return new LogKeys(prefix.contains("{") ? prefix : "{" + prefix + "}");
	}

	byte[] state() {
		return bytes(this.prefix + ":state");
	}

	byte[] stream() {
		return bytes(this.prefix + ":stream");
	}

	byte[] givenIds(String life) {
		return bytes(this.prefix + ":ids:" + life);
	}

	byte[] names(String life) {
		return bytes(this.prefix + ":channels:" + life);
	}

	byte[] marks(String life) {
		return bytes(this.prefix + ":marks:" + life);
	}

	/** Return where the newest events of each name are. */
	byte[] latest(String life) {
		return bytes(this.prefix + ":latest:" + life);
	}

	byte[] history(String life, String channel) {
		return bytes(this.prefix + ":history:" + life + ":" + channel);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
