package io.github.bettersse.docs.snippets;

import java.util.Locale;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.SessionStateFactory;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class VisitorController {

	private final Channel<Void, Visitor> visitors;

	VisitorController(ChannelRegistry channels) {
		this.visitors = channels.channel("visitors", ChannelOptions.forSessions(Visitor.class));
	}

	@SseEndpoint("/visitors")
	void connect(Session<Visitor> session) {
		this.visitors.register(session);
	}

	@PostMapping("/visitors/greeting")
	void greet(@RequestBody String text) {
		this.visitors.broadcast(text, "greeting", (session) -> session.getState().language().equals(Locale.FRENCH));
	}

	record Visitor(Locale language) {
	}

	@Configuration(proxyBeanMethods = false)
	static class States {

		@Bean
		SessionStateFactory<Visitor> visitors() {
			return (handshake) -> {
				String language = handshake.getHeader("Accept-Language");
				return new Visitor(Locale.forLanguageTag((language != null) ? language : "en"));
			};
		}

	}

}
