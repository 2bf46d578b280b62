package io.github.bettersse.docs.snippets;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.UserNameResolver;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UserController {

	private final ChannelRegistry channels;

	UserController(ChannelRegistry channels) {
		this.channels = channels;
	}

	@SseEndpoint("/inbox")
	void inbox(Session<Void> session) {
		// nothing to do: it is in the channel of its user
	}

	@PostMapping("/users/{name}/messages")
	String send(@PathVariable String name, @RequestBody String text) {
		this.channels.user(name).broadcast(text, "private");
		return this.channels.isOnline(name) ? "sent" : "offline";
	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserNameResolver userNameResolver() {
			return (handshake) -> handshake.getHeader("X-Authenticated-User");
		}

	}

}
