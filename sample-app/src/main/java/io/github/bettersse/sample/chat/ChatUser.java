package io.github.bettersse.sample.chat;

import java.util.regex.Pattern;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Someone in the chat: the state of a session.
 *
 * @param name what the others see
 * @param key a secret of the browser tab; who knows it is this user
 */
record ChatUser(String name, String key) {

	private static final Pattern NAME = Pattern.compile("\\P{C}{1,20}");

	ChatUser {
		name = name.strip();
		if (!NAME.matcher(name).matches()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A name has 1 to 20 visible characters.");
		}
	}

}
