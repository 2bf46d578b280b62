package io.github.bettersse.sample.chat;

import io.github.bettersse.UserNameResolver;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ChatConfiguration {

	/** In the chat people are who they say; elsewhere, who has logged in. */
	@Bean
	UserNameResolver userNameResolver() {
		UserNameResolver principal = UserNameResolver.ofPrincipal();
		return (handshake) -> ChatUser.isJoining(handshake) ? ChatUser.nameForPresence(handshake)
				: principal.resolve(handshake);
	}

}
