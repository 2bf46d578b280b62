package io.github.bettersse.sample.node;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

/**
 * What a node of a cluster has beside the sample: logins that are good at all nodes, and
 * its name in every response. It ends with the process that has started it.
 */
@Configuration(proxyBeanMethods = false)
@EnableRedisIndexedHttpSession
@Profile("node")
class NodeConfiguration {

	private static final Log logger = LogFactory.getLog(NodeConfiguration.class);

	@Bean
	Filter nodeFilter(ThisNode node) {
		return (request, response, chain) -> {
			((HttpServletResponse) response).addHeader("Server-Timing", "node;desc=\"" + node.getName() + "\"");
			chain.doFilter(request, response);
		};
	}

	@Bean
	ApplicationListener<WebServerInitializedEvent> portPrinter() {
		return (event) -> logger.info("Serving on port " + event.getWebServer().getPort());
	}

	@Bean
	ParentWatch parentWatch(ApplicationContext context, RedisConnectionFactory redis) {
		return new ParentWatch(context, redis);
	}

	/** The standard input ends when the process that has started this one has ended. */
	static class ParentWatch {

		ParentWatch(ApplicationContext context, RedisConnectionFactory redis) {
			Thread thread = new Thread(() -> {
				awaitEnd();
				stop(redis);
				SpringApplication.exit(context);
			}, "parent-watch");
			thread.setDaemon(true);
			thread.start();
		}

		private static void awaitEnd() {
			try {
				while (System.in.read() >= 0) {
					// Nobody has anything to say.
				}
			}
			catch (IOException ex) {
				// That is the end, too.
			}
		}

		/** It does not notice by itself, and one of the nodes is the first. */
		private static void stop(RedisConnectionFactory redis) {
			try (RedisConnection connection = redis.getConnection()) {
				connection.serverCommands().shutdown();
			}
			catch (RuntimeException ex) {
				// It has gone already.
			}
		}

	}

}
