package io.github.bettersse.docs;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RoomController {

	private final ChannelRegistry channels;

	private final RoomMembers members;

	private final Tickets tickets;

	RoomController(ChannelRegistry channels, RoomMembers members, Tickets tickets) {
		this.channels = channels;
		this.members = members;
		this.tickets = tickets;
	}

	@SseEndpoint("/events")
	void events(Session<Void> session, @RequestParam String room) {
		this.channels.channel("room:" + room).register(session); // else 403
	}

	@DeleteMapping("/rooms/{room}/members/{name}")
	void ban(@PathVariable String room, @PathVariable String name) {
		this.members.remove("room:" + room, name); // first, so that nobody slips in again
		this.channels.revoke(name, "room:" + room);
	}

	@PostMapping("/tickets")
	String ticket(Authentication authentication) {
		return this.tickets.issue(authentication);
	}

}
