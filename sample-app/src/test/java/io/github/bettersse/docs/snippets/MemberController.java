package io.github.bettersse.docs.snippets;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Departure;
import io.github.bettersse.Session;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.web.bind.annotation.RestController;

@RestController
class MemberController {

	private final Channel<Void, Object> members;

	MemberController(ChannelRegistry channels) {
		this.members = channels.channel("members");
	}

	@SseEndpoint("/members")
	void members(Session<Void> session) {
		this.members.register(session);
		session.onDisconnected((reason) -> {
			boolean left = session.getDeparture() == Departure.LEFT;
			this.members.broadcast(left ? "left" : "lost", "member");
		});
	}

}
