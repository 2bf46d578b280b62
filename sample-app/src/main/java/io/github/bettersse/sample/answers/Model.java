package io.github.bettersse.sample.answers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something like a language model: it makes one token after the other, each when it is
 * asked for, and takes its time. It knows one answer only.
 */
class Model implements Iterator<String> {

	private static final Duration PACE = Duration.ofMillis(40);

	private static final Pattern TOKEN = Pattern.compile("\\s*\\S{1,6}");

	private static final String ANSWER = """
			You asked: “%s”

			I am a simulation, so I cannot know. But I can tell how you get this answer. The page has sent your \
			question by POST, and reads the response while it comes: an event stream, with one event for each token \
			and an id that says how far it is.

			Nothing is made ahead of what you read. The server takes the next token from me only when there is room \
			for it on your connection. If you stop reading, I wait; if you leave, I am given up.

			Press “Cut” and the connection is gone in the middle of a word. The browser comes back after a while with \
			the id of the last token, and I go on with the next one: none is missing, none comes twice. Press “Stop” \
			and I say no more. That is all there is to it.""";

	private final Matcher tokens;

	private boolean found;

	Model(String question) {
		this.tokens = TOKEN.matcher(ANSWER.formatted(question));
		this.found = this.tokens.find();
	}

	/** Return the first tokens at once: what was said can be said again. */
	List<String> repeat(int count) {
		List<String> said = new ArrayList<>();
		while (this.found && said.size() < count) {
			said.add(take());
		}
		return said;
	}

	@Override
	public boolean hasNext() {
		return this.found;
	}

	@Override
	public String next() {
		if (!this.found) {
			throw new NoSuchElementException();
		}
		try {
			Thread.sleep(PACE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return take();
	}

	private String take() {
		String token = this.tokens.group();
		this.found = this.tokens.find();
		return token;
	}

}
