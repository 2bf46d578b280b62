package io.github.bettersse.docs.snippets;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.webmvc.SseServerResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
class FunctionalConfiguration {

	@Bean
	RouterFunction<ServerResponse> newsRoutes(ChannelRegistry channels) {
		Channel<Void, Object> news = channels.channel("news");
		return RouterFunctions.route()
			.GET("/functional/news", (request) -> SseServerResponse.create(request, news::register))
			.build();
	}

}
