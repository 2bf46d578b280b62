package io.github.bettersse.docs.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.bettersse.Channel;
import io.github.bettersse.Session;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SessionOptions;

import org.springframework.stereotype.Component;

@Component
public class Recorder {

	private final SessionFactory sessionFactory;

	Recorder(SessionFactory sessionFactory) {
		this.sessionFactory = sessionFactory;
	}

	public Session<Object> record(Channel<?, Object> channel, Path file) throws IOException {
		Session<Object> session = this.sessionFactory.open(new FileConnection(Files.newOutputStream(file)),
				SessionOptions.builder().noRetry().keepAlive(Duration.ZERO).build());
		channel.register(session);
		return session;
	}

}
