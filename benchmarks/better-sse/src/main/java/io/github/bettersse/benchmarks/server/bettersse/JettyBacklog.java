package io.github.bettersse.benchmarks.server.bettersse;

import org.eclipse.jetty.server.ServerConnector;

import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * As many connections may wait for Jetty to accept them as for Tomcat, for which there is
 * a property.
 */
@Configuration(proxyBeanMethods = false)
class JettyBacklog {

	@Bean
	JettyServerCustomizer backlog() {
		return (server) -> {
			for (var connector : server.getConnectors()) {
				((ServerConnector) connector).setAcceptQueueSize(4096);
			}
		};
	}

}
