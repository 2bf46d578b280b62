package io.github.bettersse.sample.notifications;

import java.security.Principal;
import java.time.Instant;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.ReplayFrom;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/notifications")
class NotificationController {

	private final ChannelRegistry channels;

	private final OnlineUsers online;

	NotificationController(ChannelRegistry channels, OnlineUsers online) {
		this.channels = channels;
		this.online = online;
	}

	/**
	 * Every session is in the channel of its user by itself, from now on; here it is
	 * registered anew, to get what has come before.
	 */
	@SseEndpoint
	void connect(Session<Object> session, Principal user) {
		Channel<Void, Object> inbox = this.channels.user(user.getName());
		inbox.deregister(session);
		inbox.register(session, ReplayFrom.latest(20));
		this.online.show(session);
	}

	@GetMapping("/user")
	String user(Principal principal) {
		return principal.getName();
	}

	/**
	 * Notify a user. Who is offline gets it on coming back, as far as the history of the
	 * channel goes.
	 * @return whether the user is online
	 */
	@PostMapping("/{user}")
	boolean notify(@PathVariable String user, @RequestBody String text, Principal sender) {
		if (!SecurityConfiguration.USERS.contains(user) || text.isBlank() || text.length() > 200) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
		}
		this.channels.user(user)
			.broadcast(new Notification(sender.getName(), text.strip(), Instant.now()), "notification");
		return this.channels.isOnline(user);
	}

}
