package io.github.bettersse.benchmarks.server.springmvc;

import java.util.Map;

import io.github.bettersse.benchmarks.server.ServerControl;
import io.github.bettersse.benchmarks.server.Tick;
import io.github.bettersse.benchmarks.server.Trigger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Spring MVC on Tomcat without this library. The property {@code streams} says how events
 * are sent.
 */
@SpringBootApplication
@RestController
public class SpringMvcServer {

	private final Streams streams;

	SpringMvcServer(Streams streams) {
		this.streams = streams;
	}

	/**
	 * Run until the standard input ends.
	 * @param args properties
	 */
	public static void main(String[] args) {
		SpringApplication.run(SpringMvcServer.class, args);
	}

	@EventListener
	void started(WebServerInitializedEvent event) {
		ServerControl.listening(event.getWebServer().getPort());
	}

	@PostMapping("/broadcast")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void broadcast(@RequestParam Map<String, String> query) {
		Trigger.of(query::get).start(this.streams::broadcast);
	}

	@PostMapping("/push")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void push(@RequestParam Map<String, String> query) {
		Trigger.of(query::get)
			.start((sequence, data) -> this.streams.push(Tick.scatter(sequence, this.streams.count()), sequence, data));
	}

}
