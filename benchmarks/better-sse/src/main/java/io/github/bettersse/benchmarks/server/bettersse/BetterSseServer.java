package io.github.bettersse.benchmarks.server.bettersse;

import io.github.bettersse.SessionLifecycleListener;
import io.github.bettersse.benchmarks.server.ServerControl;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/**
 * Better SSE on Tomcat, or on Jetty if Tomcat's auto-configuration is excluded.
 */
@SpringBootApplication
public class BetterSseServer {

	/**
	 * Run until the standard input ends.
	 * @param args properties
	 */
	public static void main(String[] args) {
		KnownProperties.findUnknown(args)
			.ifPresent((name) -> ServerControl.unavailable("this version has no property " + name));
		SpringApplication.run(BetterSseServer.class, args);
	}

	/** In place of the one that publishes application events. */
	@Bean
	@ConditionalOnBooleanProperty(name = "application-events", havingValue = false)
	SessionLifecycleListener withoutApplicationEvents() {
		return new SessionLifecycleListener() {
		};
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		SlowSessions slow = event.getApplicationContext().getBean(SlowSessions.class);
		ServerControl.listening(event.getWebServer().getPort(), slow::answer);
	}

}
