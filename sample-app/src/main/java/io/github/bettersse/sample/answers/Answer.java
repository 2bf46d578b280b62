package io.github.bettersse.sample.answers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is made while it is read. What was read once is kept, for who comes back
 * to it. Thread-safe.
 */
class Answer {

	private final String id;

	private final Iterator<String> model;

	private final List<String> tokens = new ArrayList<>();

	private volatile boolean stopped;

	private volatile @Nullable Session<?> reader;

	/**
	 * Begin an answer, or go on with one.
	 * @param id its id
	 * @param model what makes its tokens
	 * @param made tokens that were made before
	 */
	Answer(String id, Iterator<String> model, List<String> made) {
		this.id = id;
		this.model = model;
		this.tokens.addAll(made);
	}

	/**
	 * Return the tokens after the first so many, and an event that says that it is over.
	 */
	Iterator<SseEvent> after(int count, Session<?> reader) {
		this.reader = reader;
		return new Iterator<>() {

			private int next = count;

			private boolean over;

			@Override
			public boolean hasNext() {
				return !this.over;
			}

			@Override
			public SseEvent next() {
				if (this.over) {
					throw new NoSuchElementException();
				}
				String token = token(this.next);
				if (token == null) {
					this.over = true;
					return SseEvent.of(new End(this.next, Answer.this.stopped)).name("done");
				}
				this.next++;
				return SseEvent.of(token).name("token").id(new AnswerPosition(Answer.this.id, this.next).toString());
			}

		};
	}

	/**
	 * Return a token, which is made if it is not there yet; {@code null} after the last.
	 */
	private synchronized @Nullable String token(int index) {
		if (index == this.tokens.size() && !this.stopped && this.model.hasNext()) {
			this.tokens.add(this.model.next());
		}
		return (index < this.tokens.size()) ? this.tokens.get(index) : null;
	}

	/** Make no more tokens. */
	void stop() {
		this.stopped = true;
	}

	/** Return who reads it, or has read it last. */
	@Nullable Session<?> getReader() {
		return this.reader;
	}

	/**
	 * What is said at the end.
	 *
	 * @param tokens how many there were
	 * @param stopped whether somebody has stopped it
	 */
	record End(int tokens, boolean stopped) {
	}

}
