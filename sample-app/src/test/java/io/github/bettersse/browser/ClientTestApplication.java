package io.github.bettersse.browser;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A server for the client to talk to.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StreamController.class)
class ClientTestApplication {

	static ConfigurableApplicationContext start() {
		return SpringApplication.run(ClientTestApplication.class, "--server.port=0", "--better-sse.keep-alive=500ms");
	}

	static int port(ConfigurableApplicationContext application) {
		return ((WebServerApplicationContext) application).getWebServer().getPort();
	}

}
