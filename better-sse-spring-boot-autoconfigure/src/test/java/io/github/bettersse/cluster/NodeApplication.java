package io.github.bettersse.cluster;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Presence;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.RedisLogSettings;
import io.github.bettersse.servlet.SseServer;

/**
 * One node: every request is a stream of one channel.
 */
public final class NodeApplication {

	static final String CHANNEL = "news";

	static final long RETRY_MILLIS = 50;

	/** At most so much is added to that when a node ends. */
	static final long RETRY_JITTER_MILLIS = 400;

	/** What a line begins with that is no log. */
	static final String ANSWER = "answer ";

	/** What a line begins with that tells of one event. */
	static final String ACKNOWLEDGED = "acknowledged ";

	/** That no more is published. */
	static final String PUBLISHED = "published";

	/** What the name of a user begins with who is online. */
	static final String ONLINE = "online:";

	private NodeApplication() {
	}

	/**
	 * Start a node, say on which port it is, and do what the lines of the standard input
	 * say.
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
		RedisLogSettings settings = new RedisLogSettings("cluster", "node", Integer.parseInt(arguments[2]),
				Duration.ofSeconds(20), 1024, 1024 * 1024, 32 * 1024 * 1024, Duration.ofDays(1), 64 * 1024 * 1024);
		RedisEventLog log = new RedisEventLog(RedisProcess.connections(Integer.parseInt(arguments[0])), settings);
		SseServer server = SseServer.in(Path.of(arguments[1]))
			.engine((engine) -> engine.eventLog(log)
				.history(History.ofEvents(100_000))
				.userNameResolver((handshake) -> handshake.getUri().getQuery())
				.shutdownRetryJitter(Duration.ofMillis(RETRY_JITTER_MILLIS))
				.sessionDefaults(SessionOptions.builder()
					.keepAlive(Duration.ofMillis(500))
					.retry(Duration.ofMillis(RETRY_MILLIS))
					.build()))
			.handler((channels, session) -> channels.channel(CHANNEL).register(session))
			.start();
		answers.println(ANSWER + server.port());
		ChannelRegistry channels = server.engine().getChannelRegistry();
		List<String> told = new CopyOnWriteArrayList<>();
		channels.channel(CHANNEL).onJoined((user) -> told.add("+" + user)).onLeft((user) -> told.add("-" + user));
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
		NodePublisher publisher = null;
		for (String line = orders.readLine(); line != null && !line.equals("end"); line = orders.readLine()) {
			String[] order = line.split(" ");
			switch (order[0]) {
				case "publish" -> publisher = NodePublisher.start(channels.channel(CHANNEL), order[1],
						Integer.parseInt(order[2]), answers);
				case "stop" -> publisher.stop();
				case "presence" -> answer(answers, presence(channels, List.of(order).subList(1, order.length)));
				case "told" -> answer(answers, told);
				default -> throw new IllegalArgumentException(line);
			}
		}
		server.close();
		log.close();
		System.exit(0);
	}

	/**
	 * Return how many sessions there are on all nodes, their users, and who of some is
	 * online.
	 */
	private static List<String> presence(ChannelRegistry channels, List<String> users) {
		Presence presence = channels.channel(CHANNEL).getPresence();
		List<String> answer = new ArrayList<>(List.of(String.valueOf(presence.getSessionCount())));
		presence.getUsers().stream().sorted().forEach(answer::add);
		users.stream().filter(channels::isOnline).map(ONLINE::concat).forEach(answer::add);
		return answer;
	}

	private static void answer(PrintStream answers, List<String> texts) {
		answers.println(ANSWER + String.join(" ", texts));
	}

}
