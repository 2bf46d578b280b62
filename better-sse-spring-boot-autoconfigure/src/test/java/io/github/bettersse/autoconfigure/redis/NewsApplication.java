package io.github.bettersse.autoconfigure.redis;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

/**
 * An ordinary application on a real port: nothing in it knows of Redis but its
 * properties.
 */
final class NewsApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	NewsApplication(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class).properties("server.port=0")
			.properties(properties)
			.run();
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	void broadcast(String text) {
		news(this.context.getBean(ChannelRegistry.class)).broadcast(SseEvent.raw(text));
	}

	@Override
	public void close() {
		this.context.close();
	}

	private static Channel<Void, Object> news(ChannelRegistry channels) {
		return channels.channel("news",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(10_000)).build());
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(News.class)
	static class Application {

	}

	@RestController
	static class News {

		private final ChannelRegistry channels;

		News(ChannelRegistry channels) {
			this.channels = channels;
		}

		@SseEndpoint(path = "/news", keepAlive = "1s")
		void stream(Session<?> session) {
			news(this.channels).register(session);
		}

	}

}
