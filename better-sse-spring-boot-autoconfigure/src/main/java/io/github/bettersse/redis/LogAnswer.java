package io.github.bettersse.redis;

import java.util.List;

/**
 * What the script answers to operations.
 *
 * @param life names the keys of the histories
 * @param length how many records the stream has, -1 if that was not asked for
 * @param results the positions of what was appended, none if nothing was done since the
 * log has begun another life
 */
record LogAnswer(String life, long length, List<String> results) {

	static LogAnswer of(List<Object> answer) {
		return new LogAnswer(text(answer.get(0)), (answer.get(1) instanceof Long length) ? length : -1,
				answer.subList(2, answer.size()).stream().map(LogAnswer::text).toList());
	}

	private static String text(Object value) {
		return LogKeys.text((byte[]) value);
	}

	/** Return whether the operations were done: each has a result. */
	boolean done() {
		return !this.results.isEmpty();
	}

}
