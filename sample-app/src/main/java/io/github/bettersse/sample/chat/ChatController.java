package io.github.bettersse.sample.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import io.github.bettersse.Session;
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

	ChatController(ChatRoom room, ChatNames names) {
		this.room = room;
		this.names = names;
	}

	@SseEndpoint("/chat")
	@Nullable ResponseEntity<Void> join(Session<ChatUser> session, @RequestParam String username,
			@RequestParam Optional<String> key) {
		session.setState(new ChatUser(username, key.orElseGet(() -> UUID.randomUUID().toString())));
		if (!this.names.take(session)) {
			return ResponseEntity.status(HttpStatus.CONFLICT).build();
		}
		this.room.enter(session);
		return null;
	}

	@PostMapping("/chat/messages")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void say(@RequestBody Post post) {
		ChatUser user = this.names.findByKey(post.key())
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.FORBIDDEN, "Join the chat first."));
		this.room.say(new ChatMessage(user.name(), post.text(), Instant.now()));
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
