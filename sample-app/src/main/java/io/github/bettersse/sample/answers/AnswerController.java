package io.github.bettersse.sample.answers;

import java.time.Duration;
import java.util.Iterator;

import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.sample.node.ThisNode;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class AnswerController {

	private static final Duration ABSENCE = Duration.ofSeconds(3);

	private final Answers answers;

	private final ThisNode node;

	AnswerController(Answers answers, ThisNode node) {
		this.answers = answers;
		this.node = node;
	}

	/**
	 * Answer a question. Who comes back with the id of a token gets the rest of that
	 * answer, from any server: the question comes with the request again. Tokens are
	 * taken from the iterator as the client takes them.
	 */
	@SseEndpoint(path = "/answers", method = RequestMethod.POST)
	Iterator<SseEvent> answer(Session<Void> session, @RequestBody Question question) {
		AnswerPosition position = AnswerPosition.parse(session.getLastEventId())
			.orElseGet(() -> new AnswerPosition(this.answers.begin(new Model(question.text())), 0));
		Answer answer = this.answers.find(position.answer())
			.orElseGet(() -> this.answers.goOn(position, new Model(question.text())));
		this.node.introduce(session, position.toString());
		return answer.after(position.count(), session);
	}

	@DeleteMapping("/answers/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void stop(@PathVariable String id) {
		find(id).stop();
	}

	/** End the stream in the middle; the client comes back by itself. */
	@PostMapping("/answers/{id}/cut")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cut(@PathVariable String id) {
		Session<?> reader = find(id).getReader();
		if (reader != null && reader.isConnected()) {
			reader.push(SseEvent.empty().retry(ABSENCE)).close();
		}
	}

	private Answer find(String id) {
		return this.answers.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.GONE, "There is no such answer any more."));
	}

	record Question(String text) {

		Question {
			text = text.strip();
			if (text.isEmpty() || text.length() > 200) {
				throw new IllegalArgumentException("A question has 1 to 200 characters.");
			}
		}

	}

}
