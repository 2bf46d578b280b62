package io.github.bettersse.sample.notifications;

import java.util.List;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;

import org.springframework.stereotype.Component;

/**
 * Tells everybody which users are online, on whatever tabs and devices.
 */
@Component
class OnlineUsers {

	private final ChannelRegistry channels;

	private final Channel<Void, Object> online;

	OnlineUsers(ChannelRegistry channels) {
		this.channels = channels;
		this.online = channels.channel("online");
		SecurityConfiguration.USERS.forEach((name) -> {
			channels.user(name).onJoined((user) -> announce());
			channels.user(name).onLeft((user) -> announce());
		});
	}

	void show(Session<Object> session) {
		this.online.register(session);
		session.onConnected(this::announce); // it may be one more of a user who is there
	}

	private synchronized void announce() {
		List<User> users = SecurityConfiguration.USERS.stream()
			.map((name) -> new User(name, this.channels.isOnline(name)))
			.toList();
		this.online.broadcast(users, "users");
	}

	record User(String name, boolean online) {
	}

}
