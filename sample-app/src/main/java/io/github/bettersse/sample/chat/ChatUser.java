package io.github.bettersse.sample.chat;

import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import io.github.bettersse.Handshake;

import org.springframework.http.HttpStatus;
import org.springframework.util.DigestUtils;
import org.springframework.web.server.ResponseStatusException;

/**
 * Someone in the chat: the state of a session.
 *
 * @param name what the others see
 * @param key a secret of the browser tab; who knows it is this user
 */
record ChatUser(String name, String key) {

	private static final Pattern NAME = Pattern.compile("\\P{C}{1,20}");

	private static final String PREFIX = "chat/";

	private static final int DIGEST = 8;

	ChatUser {
		name = name.strip();
		if (!NAME.matcher(name).matches()) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "A name has 1 to 20 visible characters.");
		}
	}

	/** Return whether a request is one to join the chat. */
	static boolean isJoining(Handshake handshake) {
		return handshake.getUri().getPath().endsWith("/chat");
	}

	/**
	 * Return who sends a request to join the chat, as presence knows them at all nodes:
	 * the name and what can be told of the key, by which a tab that comes back, to
	 * whichever node, is who it was. Without a key nobody is who they were.
	 */
	static String nameForPresence(Handshake handshake) {
		String name = handshake.getQueryParameter("username");
		String key = handshake.getQueryParameter("key");
		String secret = (key != null) ? key : UUID.randomUUID().toString();
		return PREFIX + DigestUtils.md5DigestAsHex(secret.getBytes()).substring(0, DIGEST)
				+ ((name != null) ? name.strip() : "");
	}

	/** Return the name in what {@link #nameForPresence} has returned. */
	static String nameOf(String presenceName) {
		return presenceName.substring(PREFIX.length() + DIGEST);
	}

	/** Return whether somebody else has the name, though perhaps in other letters. */
	static boolean isSomeoneElse(String presenceName, String ownPresenceName) {
		return !presenceName.equals(ownPresenceName) && nameOf(presenceName).toLowerCase(Locale.ROOT)
			.equals(nameOf(ownPresenceName).toLowerCase(Locale.ROOT));
	}

}
