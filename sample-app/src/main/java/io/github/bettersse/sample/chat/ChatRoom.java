package io.github.bettersse.sample.chat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.ReplayFrom;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;

import org.springframework.stereotype.Component;

/**
 * The room: a channel that tells everyone who comes and goes, and what is said, and keeps
 * it for those who lose their connection; and another one for who is there now, which is
 * of no interest later.
 */
@Component
class ChatRoom {

	private static final int FOR_NEWCOMERS = 20;

	private static final Duration ABSENCE = Duration.ofSeconds(5);

	private final Channel<Void, ChatUser> channel;

	private final Channel<Void, Object> presence;

	private Set<String> people = Set.of();

	ChatRoom(ChannelRegistry channels) {
		this.channel = channels.channel("chat",
				ChannelOptions.<Void, ChatUser>builder()
					.sessionState(ChatUser.class)
					.history(History.ofEvents(100))
					.keepWhenEmpty()
					.build());
		this.presence = channels.channel("presence");
		this.channel.onRegistered((session) -> announce());
		this.channel.onDeregistered((session) -> announce());
	}

	void enter(Session<ChatUser> session) {
		this.channel.register(session, ReplayFrom.latest(FOR_NEWCOMERS));
		this.presence.register(session);
	}

	/** End the stream in the middle; the browser comes back by itself. */
	void cut(Session<ChatUser> session) {
		session.push(SseEvent.empty().retry(ABSENCE)).close();
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
		this.presence.broadcast(now, "people");
	}

}
