package io.github.bettersse.sample.answers;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far somebody has read: the id of an event.
 *
 * @param answer the id of the answer
 * @param count how many tokens were read
 */
record AnswerPosition(String answer, int count) {

	private static final Pattern FORMAT = Pattern.compile("([\\w-]{1,64})\\.(\\d{1,8})");

	static Optional<AnswerPosition> parse(String eventId) {
		Matcher matcher = FORMAT.matcher(eventId);
		return matcher.matches() ? Optional.of(new AnswerPosition(matcher.group(1), Integer.parseInt(matcher.group(2))))
				: Optional.empty();
	}

	@Override
	public String toString() {
		return this.answer + "." + this.count;
	}

}
