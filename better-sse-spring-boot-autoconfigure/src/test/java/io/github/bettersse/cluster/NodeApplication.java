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
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Presence;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseException;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.RedisLogSettings;
import io.github.bettersse.servlet.SseServer;

/**
 * One node: every request is a stream of one channel.
 */
public final class NodeApplication {

	static final String CHANNEL = "news";

	/** What a line begins with that is no log. */
	static final String ANSWER = "answer ";

	/** What the name of a user begins with who is online. */
	static final String ONLINE = "online:";

	private static final long PACE_NANOS = 2_000_000;

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
				.sessionDefaults(SessionOptions.builder().keepAlive(Duration.ofMillis(500)).build()))
			.handler((channels, session) -> channels.channel(CHANNEL).register(session))
			.start();
		answers.println(ANSWER + server.port());
		ChannelRegistry channels = server.engine().getChannelRegistry();
		List<String> told = new CopyOnWriteArrayList<>();
		channels.channel(CHANNEL).onJoined((user) -> told.add("+" + user)).onLeft((user) -> told.add("-" + user));
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
		for (String line = orders.readLine(); line != null && !line.equals("end"); line = orders.readLine()) {
			String[] order = line.split(" ");
			List<String> answer = switch (order[0]) {
				case "publish" -> publish(channels.channel(CHANNEL), order[1], Integer.parseInt(order[2]));
				case "presence" -> presence(channels, List.of(order).subList(1, order.length));
				case "told" -> told;
				default -> throw new IllegalArgumentException(line);
			};
			answers.println(ANSWER + String.join(" ", answer));
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

	private static List<String> publish(Channel<?, ?> channel, String name, int count) {
		List<String> acknowledged = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			String text = name + i;
			try {
				channel.broadcast(SseEvent.raw(text));
				acknowledged.add(text);
			}
			catch (SseException ex) {
				// Not acknowledged
			}
			LockSupport.parkNanos(PACE_NANOS);
		}
		return acknowledged;
	}

}
