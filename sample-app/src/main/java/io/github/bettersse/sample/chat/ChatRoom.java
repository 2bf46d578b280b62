package io.github.bettersse.sample.chat;

import java.util.Set;
import java.util.TreeSet;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;

import org.springframework.stereotype.Component;

/**
 * The room: a channel that tells everyone who comes and goes, and what is said.
 */
@Component
class ChatRoom {

	private final Channel<Void, ChatUser> channel;

	private Set<String> people = Set.of();

	ChatRoom(ChannelRegistry channels) {
		this.channel = channels.channel("chat", ChannelOptions.forSessions(ChatUser.class));
		this.channel.onRegistered((session) -> announce());
		this.channel.onDeregistered((session) -> announce());
	}

	void enter(Session<ChatUser> session) {
		this.channel.register(session);
	}

	void say(ChatMessage message) {
		this.channel.broadcast(message);
	}

	// What changed, not which session came or went: a tab that reconnects does neither.
	private synchronized void announce() {
		Set<String> before = this.people;
		Set<String> now = new TreeSet<>();
		this.channel.getSessions().forEach((session) -> now.add(session.getState().name()));
		this.people = now;
		now.stream().filter((name) -> !before.contains(name)).forEach((name) -> this.channel.broadcast(name, "joined"));
		before.stream().filter((name) -> !now.contains(name)).forEach((name) -> this.channel.broadcast(name, "left"));
		this.channel.broadcast(now, "people");
	}

}
