package io.github.bettersse.sample.chat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Handshake;
import io.github.bettersse.History;
import io.github.bettersse.ReplayFrom;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;

import org.springframework.stereotype.Component;

/**
 * The room: a channel that tells everyone who comes and goes, and what is said, and keeps
 * it for those who lose their connection; and another one for who is there now, which is
 * of no interest later. At however many nodes people are, it is one room.
 */
@Component
class ChatRoom {

	private static final int FOR_NEWCOMERS = 20;

	private static final Duration ABSENCE = Duration.ofSeconds(5);

	private final Channel<Void, ChatUser> channel;

	private final Channel<Void, Object> presence;

	ChatRoom(ChannelRegistry channels) {
		this.channel = channels.channel("chat",
				ChannelOptions.<Void, ChatUser>builder()
					.sessionState(ChatUser.class)
					.history(History.ofEvents(100))
					.keepWhenEmpty()
					.build());
		this.presence = channels.channel("presence");
		this.channel.onJoined((user) -> announce(user, "joined"));
		this.channel.onLeft((user) -> announce(user, "left"));
	}

	/** Return whether somebody else has the name of who wants to join, at any node. */
	boolean isTaken(Handshake joining) {
		String own = ChatUser.nameForPresence(joining);
		return this.channel.getPresence().getUsers().stream().anyMatch((user) -> ChatUser.isSomeoneElse(user, own));
	}

	void enter(Session<ChatUser> session) {
		this.channel.register(session, ReplayFrom.latest(FOR_NEWCOMERS));
		this.presence.register(session);
		if (people().contains(session.getState().name())) {
			session.onConnected(this::showPeople); // a tab that comes back does not join
		}
	}

	/** End the stream in the middle; the browser comes back by itself. */
	void cut(Session<ChatUser> session) {
		session.push(SseEvent.empty().retry(ABSENCE)).close();
	}

	void say(ChatMessage message) {
		this.channel.broadcast(message);
	}

	/** A tab that reconnects neither joins nor leaves, at whichever node it does. */
	private synchronized void announce(String user, String what) {
		this.channel.broadcast(ChatUser.nameOf(user), what);
		showPeople();
	}

	private synchronized void showPeople() {
		this.presence.broadcast(people(), "people");
	}

	private Set<String> people() {
		return this.channel.getPresence()
			.getUsers()
			.stream()
			.map(ChatUser::nameOf)
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
