package io.github.bettersse.sample.answers;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * The newest answers, for who comes back to one. Thread-safe.
 */
@Component
class Answers {

	private static final int KEPT = 100;

	private final Map<String, Answer> answers = new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
			return size() > KEPT;
		}

	};

	/** Begin an answer, and return its id. */
	synchronized String begin(Iterator<String> model) {
		String id = UUID.randomUUID().toString();
		this.answers.put(id, new Answer(id, model, List.of()));
		return id;
	}

	/** Make an answer again that was begun elsewhere, as far as it was read. */
	synchronized Answer goOn(AnswerPosition position, Model model) {
		Answer answer = new Answer(position.answer(), model, model.repeat(position.count()));
		this.answers.put(position.answer(), answer);
		return answer;
	}

	synchronized Optional<Answer> find(String id) {
		return Optional.ofNullable(this.answers.get(id));
	}

}
