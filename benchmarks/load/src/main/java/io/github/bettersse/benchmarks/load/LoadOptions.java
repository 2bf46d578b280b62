package io.github.bettersse.benchmarks.load;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * What a run of the load client is.
 *
 * @param port the server's, on loopback
 * @param sessions how many streams are opened
 * @param stalled how many of them read the head and never again; spread among the others
 * @param path by the number of a stream: where it is opened
 * @param excluded by the number of a stream: whether it is to get no event
 * @param trigger what the server is asked for, without count, size and rate; {@code null}
 * for a run that sends nothing
 * @param publishPath where the client publishes the events itself, or {@code null}
 * @param scattered whether each event goes to one of the streams, not to all
 * @param count the number of events
 * @param size the bytes of data of each
 * @param rate the events a second, 0 for as fast as can be
 * @param reconnects the part of the streams that reconnect each second, from 0 to 1
 * @param resume whether a stream that ends is opened again, with its last id
 * @param timeout how long to wait for all events
 */
public record LoadOptions(int port, int sessions, int stalled, IntFunction<String> path, IntPredicate excluded,
		@Nullable String trigger, @Nullable String publishPath, boolean scattered, int count, int size, double rate,
		double reconnects, boolean resume, Duration timeout) {

	/**
	 * Create options of a broadcast to all.
	 * @param port the server's
	 * @param sessions how many streams are opened
	 * @param count the number of events
	 * @param size the bytes of data of each
	 * @param rate the events a second, 0 for as fast as can be
	 * @return the options
	 */
	public static LoadOptions broadcast(int port, int sessions, int count, int size, double rate) {
		return new LoadOptions(port, sessions, 0, (stream) -> "/sse", (stream) -> false, "/broadcast?", null, false,
				count, size, rate, 0, false, Duration.ofSeconds(60));
	}

	/**
	 * Create options of streams that are opened, and get nothing.
	 * @param port the server's
	 * @param sessions how many streams are opened
	 * @return the options
	 */
	public static LoadOptions idle(int port, int sessions) {
		return broadcast(port, sessions, 0, 0, 0).withTrigger(null);
	}

	/**
	 * Return these options with streams that do not read.
	 * @param stalled how many
	 * @return other options
	 */
	public LoadOptions withStalled(int stalled) {
		return new LoadOptions(this.port, this.sessions, stalled, this.path, this.excluded, this.trigger,
				this.publishPath, this.scattered, this.count, this.size, this.rate, this.reconnects, this.resume,
				this.timeout);
	}

	/**
	 * Return these options with other paths.
	 * @param path by the number of a stream: where it is opened
	 * @param excluded by the number of a stream: whether it is to get no event
	 * @return other options
	 */
	public LoadOptions withPaths(IntFunction<String> path, IntPredicate excluded) {
		return new LoadOptions(this.port, this.sessions, this.stalled, path, excluded, this.trigger, this.publishPath,
				this.scattered, this.count, this.size, this.rate, this.reconnects, this.resume, this.timeout);
	}

	/**
	 * Return these options with another request to the server.
	 * @param trigger its path and the begin of its query, or {@code null} for none
	 * @return other options
	 */
	public LoadOptions withTrigger(@Nullable String trigger) {
		return new LoadOptions(this.port, this.sessions, this.stalled, this.path, this.excluded, trigger,
				this.publishPath, this.scattered, this.count, this.size, this.rate, this.reconnects, this.resume,
				this.timeout);
	}

	/**
	 * Return these options for a server that events are published to.
	 * @param publishPath where, or {@code null} if the server makes the events
	 * @return other options
	 */
	public LoadOptions withPublishPath(@Nullable String publishPath) {
		return new LoadOptions(this.port, this.sessions, this.stalled, this.path, this.excluded, this.trigger,
				publishPath, this.scattered, this.count, this.size, this.rate, this.reconnects, this.resume,
				this.timeout);
	}

	/**
	 * Return these options for events of which each goes to one of the streams.
	 * @return other options
	 */
	public LoadOptions asScattered() {
		return new LoadOptions(this.port, this.sessions, this.stalled, this.path, this.excluded, "/push?",
				this.publishPath, true, this.count, this.size, this.rate, this.reconnects, this.resume, this.timeout);
	}

	/**
	 * Return these options with streams that come back.
	 * @param reconnects the part of the streams that reconnect each second, from 0 to 1
	 * @return other options
	 */
	public LoadOptions withResume(double reconnects) {
		return new LoadOptions(this.port, this.sessions, this.stalled, this.path, this.excluded, this.trigger,
				this.publishPath, this.scattered, this.count, this.size, this.rate, reconnects, true, this.timeout);
	}

	/**
	 * Return these options with another time-out.
	 * @param timeout how long to wait for all events
	 * @return other options
	 */
	public LoadOptions withTimeout(Duration timeout) {
		return new LoadOptions(this.port, this.sessions, this.stalled, this.path, this.excluded, this.trigger,
				this.publishPath, this.scattered, this.count, this.size, this.rate, this.reconnects, this.resume,
				timeout);
	}

	/** Return whether a stream does not read. */
	boolean isStalled(int stream) {
		return this.stalled > 0
				&& (long) stream * this.stalled / this.sessions != (stream + 1L) * this.stalled / this.sessions;
	}

}
