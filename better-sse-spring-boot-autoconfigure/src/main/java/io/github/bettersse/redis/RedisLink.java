package io.github.bettersse.redis;

import java.util.Properties;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The connection of one thread. After any failure it is given up for a new one, since
 * nobody can know what is still on its way in the old one. For that thread alone.
 */
final class RedisLink implements AutoCloseable {

	private final RedisConnectionFactory factory;

	private @Nullable RedisConnection connection;

	private @Nullable AsyncCommands commands;

	private boolean durable;

	RedisLink(RedisConnectionFactory factory) {
		this.factory = factory;
	}

	/** Return the connection, a new one if there is none. */
	RedisConnection connection() {
		RedisConnection current = this.connection;
		if (current == null) {
			current = this.factory.getConnection();
			this.connection = current;
			this.durable = writesThrough(current);
		}
		return current;
	}

	/** Return the commands of the connection, of a new one if there is none. */
	AsyncCommands commands() {
		RedisConnection connection = connection();
		AsyncCommands current = this.commands;
		if (current == null) {
			current = AsyncCommands.of(connection);
			this.commands = current;
		}
		return current;
	}

	/**
	 * Return whether the server has each write in its file before it answers. One that
	 * does not say so does not.
	 */
	boolean isDurable() {
		return this.durable;
	}

	/**
	 * Only a server that refuses to say so counts as one that may lose something: one
	 * that is asked again after a time-out may still have it.
	 */
	private static boolean writesThrough(RedisConnection connection) {
		try {
			Properties config = connection.serverCommands().getConfig("append*");
			return config != null && hasAll(config, "appendonly", "yes") && hasAll(config, "appendfsync", "always");
		}
		catch (DataAccessException ex) {
			if (NestedExceptionUtils.getMostSpecificCause(ex).getClass() != RedisCommandExecutionException.class) {
				throw ex;
			}
			return false;
		}
	}

	/** The nodes of a cluster put their names before those of the settings. */
	private static boolean hasAll(Properties config, String name, String value) {
		return config.stringPropertyNames().stream().anyMatch((key) -> key.endsWith(name))
				&& config.stringPropertyNames()
					.stream()
					.filter((key) -> key.endsWith(name))
					.allMatch((key) -> value.equals(config.getProperty(key)));
	}

	@Override
	public void close() {
		RedisConnection old = this.connection;
		this.connection = null;
		this.commands = null;
		if (old != null) {
			try {
				old.close();
			}
			catch (RuntimeException ex) {
				// It was of no use any more
			}
		}
	}

}
