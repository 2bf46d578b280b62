package io.github.bettersse.sample.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.github.bettersse.Session;
import io.github.bettersse.sample.node.ThisNode;
import io.github.bettersse.webmvc.SseEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
class ChatController {

	private final ChatRoom room;

	private final ChatNames names;

	private final ThisNode node;

	ChatController(ChatRoom room, ChatNames names, ThisNode node) {
		this.room = room;
		this.names = names;
		this.node = node;
	}

	@SseEndpoint("/chat")
	@Nullable ResponseEntity<Void> join(Session<ChatUser> session, @RequestParam String username,
			@RequestParam Optional<String> key) {
		session.setState(new ChatUser(username, key.orElseGet(() -> UUID.randomUUID().toString())));
		if (this.room.isTaken(session.getHandshake()) || !this.names.take(session)) {
			return ResponseEntity.status(HttpStatus.CONFLICT).build();
		}
		this.room.enter(session);
		this.node.introduce(session, "");
		session.push(null, "caught-up"); // behind what was missed, before what comes live
		return null;
	}

	@PostMapping("/chat/cut")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cut(@RequestBody Cut cut) {
		this.room.cut(find(cut.key()));
	}

	@PostMapping("/chat/messages")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void say(@RequestBody Post post) {
		this.room
			.say(new ChatMessage(find(post.key()).getState().name(), post.text(), Instant.now(), this.node.getName()));
	}

	private Session<ChatUser> find(String key) {
		return this.names.findByKey(key)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN, "Join the chat first."));
	}

	record Cut(String key) {
	}

	record Post(String key, String text) {

		Post {
			text = text.strip();
			if (text.isEmpty() || text.length() > 500) {
				throw new IllegalArgumentException("A message has 1 to 500 characters.");
			}
		}

	}

}
