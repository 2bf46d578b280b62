package io.github.bettersse.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.github.bettersse.eventlog.Position;

/**
 * Calls the script {@code append.lua}, where it is said what it does. Thread-safe.
 */
final class LogScript {

	private static final byte[] SCRIPT = read();

	private static final String SHA1 = sha1(SCRIPT);

	private final LogKeys keys;

	private final String node;

	private final boolean waitsForReplicas;

	/** The arguments that are always the same. */
	private final List<byte[]> settings = new ArrayList<>();

	/** The keys of the life that was asked for last. */
	private volatile LifeKeys lifeKeys;

	private record LifeKeys(String life, List<byte[]> keys) {
	}

	LogScript(LogKeys keys, RedisLogSettings settings, String node) {
		this.keys = keys;
		this.node = node;
		this.waitsForReplicas = settings.waitReplicas() > 0;
		add(this.settings, settings.backlogSize(), settings.historyTtl().toMillis(), node);
		this.lifeKeys = lifeKeys("");
	}

	/** Return the id of this node. */
	String node() {
		return this.node;
	}

	/**
	 * Find out where the log stands, and let it notice if it has gone back. Waits for the
	 * answer.
	 * @param seen up to where this node has read
	 * @param ended the epoch to end, "" for none
	 */
	LogState look(RedisLink link, Position seen, String ended) {
		AsyncCommands commands = link.commands();
		List<byte[]> arguments = arguments(seen, "", link.isDurable());
		add(arguments, "L", ended);
		return commands.await(evaluate(commands, keys(""), arguments).thenApply(LogState::of));
	}

	/** Do operations, all or, if the log has begun a new life, none. */
	CompletionStage<LogAnswer> call(AsyncCommands commands, Position seen, String life, boolean durable,
			List<LogOperation> operations) {
		List<byte[]> keys = keys(life);
		List<byte[]> arguments = arguments(seen, life, durable);
		for (LogOperation operation : operations) {
			int history = 0;
			String channel = operation.channel();
			if (channel != null) {
				keys.add(this.keys.history(life, channel));
				history = keys.size();
			}
			operation.addTo(arguments, history);
		}
		return evaluate(commands, keys, arguments).thenApply(LogAnswer::of);
	}

	private List<byte[]> keys(String life) {
		LifeKeys current = this.lifeKeys;
		if (!current.life().equals(life)) {
			current = lifeKeys(life);
			this.lifeKeys = current;
		}
		return new ArrayList<>(current.keys());
	}

	private LifeKeys lifeKeys(String life) {
		return new LifeKeys(life, List.of(this.keys.state(), this.keys.stream(), this.keys.givenIds(life),
				this.keys.names(life), this.keys.marks(life), this.keys.latest(life)));
	}

	private List<byte[]> arguments(Position seen, String life, boolean durable) {
		List<byte[]> arguments = new ArrayList<>();
		String keeper = this.waitsForReplicas ? "R" : durable ? "F" : "";
		add(arguments, seen.epoch(), seen.sequence(), life, Position.newEpoch().epoch(), keeper);
		arguments.addAll(this.settings);
		return arguments;
	}

	private static CompletionStage<List<Object>> evaluate(AsyncCommands commands, List<byte[]> keys,
			List<byte[]> arguments) {
		return commands.evaluate(SCRIPT, SHA1, keys.toArray(byte[][]::new), arguments.toArray(byte[][]::new));
	}

	static void add(List<byte[]> arguments, Object... values) {
		for (Object value : values) {
			arguments.add((value instanceof byte[] bytes) ? bytes : LogKeys.bytes(value.toString()));
		}
	}

	private static byte[] read() {
		try (InputStream script = LogScript.class.getResourceAsStream("append.lua")) {
			return Objects.requireNonNull(script, "append.lua is not there").readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha1(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
