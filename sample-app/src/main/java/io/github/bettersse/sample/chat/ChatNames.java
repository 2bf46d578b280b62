package io.github.bettersse.sample.chat;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.Session;

import org.springframework.stereotype.Component;

/**
 * The names in use at this node, each held by one session until it ends. Who is at other
 * nodes is known by their presence, a moment later.
 */
@Component
class ChatNames {

	private final Map<String, Session<ChatUser>> holders = new ConcurrentHashMap<>();

	/**
	 * Take the name of the session's user. A tab that reconnects takes its name over from
	 * the connection it lost, which the server may not have noticed yet.
	 * @return {@code false} if the name is someone else's
	 */
	boolean take(Session<ChatUser> session) {
		ChatUser user = session.getState();
		String name = user.name().toLowerCase(Locale.ROOT);
		Session<ChatUser> holder = this.holders.merge(name, session,
				(held, taken) -> held.getState().equals(user) ? taken : held);
		if (holder != session) {
			return false;
		}
		session.onDisconnected((reason) -> this.holders.remove(name, session));
		return true;
	}

	Optional<Session<ChatUser>> findByKey(String key) {
		return this.holders.values().stream().filter((session) -> session.getState().key().equals(key)).findAny();
	}

}
