package io.github.bettersse;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.bettersse.event.DataSerializer;
import org.jspecify.annotations.Nullable;

/**
 * What one session, or the sessions of one endpoint, do differently from the defaults
 * (the properties {@code better-sse.*}). What is not set here is taken from there.
 * Immutable, thread-safe.
 *
 * @param <S> the type of the session's state
 */
public final class SessionOptions<S> {

	private final Builder<S> values;

	private SessionOptions(Builder<S> builder) {
		this.values = new Builder<>(builder);
	}

	/**
	 * Start with nothing set.
	 * @param <S> the type of the session's state
	 * @return a builder
	 */
	public static <S> Builder<S> builder() {
		return new Builder<>();
	}

	/**
	 * Start with what is set here.
	 * @return a builder of its own
	 */
	public Builder<S> toBuilder() {
		return new Builder<>(this.values);
	}

	/**
	 * Fill what is not set here from other options. Headers are joined by name.
	 * @param defaults where to take the rest from; its state is not taken
	 * @return the joined options
	 */
	public SessionOptions<S> withDefaults(SessionOptions<?> defaults) {
		Builder<S> builder = toBuilder();
		builder.fillFrom(defaults.values);
		return builder.build();
	}

	/**
	 * Return the initial state.
	 * @return the state, {@code null} if there is none
	 */
	public @Nullable S getState() {
		return this.values.state;
	}

	/** What is set, for this package to read. */
	Builder<S> values() {
		return this.values;
	}

	/**
	 * Builds {@link SessionOptions}. Not thread-safe.
	 *
	 * @param <S> the type of the session's state
	 */
	public static final class Builder<S> {

		@Nullable DataSerializer serializer;

		@Nullable Boolean trustClientEventId;

		@Nullable Boolean sendRetry;

		@Nullable Duration retry;

		@Nullable Duration retryJitter;

		@Nullable Duration keepAlive;

		@Nullable String heartbeatEvent;

		@Nullable Integer status;

		final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

		@Nullable S state;

		@Nullable Long maxQueueSize;

		@Nullable OverflowStrategy overflow;

		@Nullable Duration writeTimeout;

		@Nullable Duration maxLifetime;

		private Builder() {
		}

		private Builder(Builder<S> other) {
			fillFrom(other);
			this.state = other.state;
		}

		private void fillFrom(Builder<?> other) {
			this.serializer = either(this.serializer, other.serializer);
			this.trustClientEventId = either(this.trustClientEventId, other.trustClientEventId);
			this.sendRetry = either(this.sendRetry, other.sendRetry);
			this.retry = either(this.retry, other.retry);
			this.retryJitter = either(this.retryJitter, other.retryJitter);
			this.keepAlive = either(this.keepAlive, other.keepAlive);
			this.heartbeatEvent = either(this.heartbeatEvent, other.heartbeatEvent);
			this.status = either(this.status, other.status);
			other.headers.forEach(this.headers::putIfAbsent);
			this.maxQueueSize = either(this.maxQueueSize, other.maxQueueSize);
			this.overflow = either(this.overflow, other.overflow);
			this.writeTimeout = either(this.writeTimeout, other.writeTimeout);
			this.maxLifetime = either(this.maxLifetime, other.maxLifetime);
		}

		private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
			return (first != null) ? first : second;
		}

		/**
		 * Set the serializer of pushes to this session.
		 * @param serializer the serializer
		 * @return this builder
		 */
		public Builder<S> serializer(DataSerializer serializer) {
			this.serializer = serializer;
			return this;
		}

		/**
		 * Set whether the last event id that the client sends is taken.
		 * @param trust whether to take it
		 * @return this builder
		 */
		public Builder<S> trustClientEventId(boolean trust) {
			this.trustClientEventId = trust;
			return this;
		}

		/**
		 * Set the reconnection time that the client is told at the start.
		 * @param retry the time, at most 2147483647 ms
		 * @return this builder
		 */
		public Builder<S> retry(Duration retry) {
			this.retry = OptionRules.requireMillis(retry, "retry");
			this.sendRetry = true;
			return this;
		}

		/**
		 * Send no {@code retry:} at the start: the client keeps its own reconnection
		 * time.
		 * @return this builder
		 */
		public Builder<S> noRetry() {
			this.sendRetry = false;
			return this;
		}

		/**
		 * Set up to how much is added to the reconnection time at random, per client.
		 * @param jitter the jitter, at most 2147483647 ms
		 * @return this builder
		 */
		public Builder<S> retryJitter(Duration jitter) {
			this.retryJitter = OptionRules.requireMillis(jitter, "retryJitter");
			return this;
		}

		/**
		 * Set after how long without a write a keep-alive comment is sent.
		 * @param interval the interval, zero for never
		 * @return this builder
		 */
		public Builder<S> keepAlive(Duration interval) {
			this.keepAlive = OptionRules.requireMillis(interval, "keepAlive");
			return this;
		}

		/**
		 * Set which event is sent in place of a keep-alive comment, for clients to see.
		 * @param name its name, empty for a comment
		 * @return this builder
		 */
		public Builder<S> heartbeatEvent(String name) {
			this.heartbeatEvent = OptionRules.requireEventName(name, "heartbeatEvent");
			return this;
		}

		/**
		 * Set the status of the response. An EventSource takes 200 only.
		 * @param status the status, 200 to 599
		 * @return this builder
		 */
		public Builder<S> status(int status) {
			OptionRules.require(status >= 200 && status <= 599, "status", "must be from 200 to 599");
			this.status = status;
			return this;
		}

		/**
		 * Set a header, in place of the default of that name.
		 * @param name the header's name
		 * @param values its values
		 * @return this builder
		 */
		public Builder<S> header(String name, String... values) {
			OptionRules.requireHeader(name, values);
			this.headers.remove(name);
			this.headers.put(name, List.of(values));
			return this;
		}

		/**
		 * Leave out a header that is sent by default.
		 * @param name the header's name
		 * @return this builder
		 */
		public Builder<S> withoutHeader(String name) {
			return header(name);
		}

		/**
		 * Set the initial state.
		 * @param state the state
		 * @return this builder
		 */
		public Builder<S> state(S state) {
			this.state = state;
			return this;
		}

		/**
		 * Set the bound of the send queue; what happens beyond it is said by
		 * {@link #overflow(OverflowStrategy)}. One event larger than the bound passes
		 * when nothing else waits.
		 * @param bytes the bound in bytes, at least 1
		 * @return this builder
		 */
		public Builder<S> maxQueueSize(long bytes) {
			OptionRules.require(bytes >= 1, "maxQueueSize", "must be at least 1 byte");
			this.maxQueueSize = bytes;
			return this;
		}

		/**
		 * Set what happens when the send queue is full.
		 * @param overflow the strategy
		 * @return this builder
		 */
		public Builder<S> overflow(OverflowStrategy overflow) {
			this.overflow = overflow;
			return this;
		}

		/**
		 * Set after how long without any progress a session with something to send is
		 * cut.
		 * @param timeout the time-out, zero for never
		 * @return this builder
		 */
		public Builder<S> writeTimeout(Duration timeout) {
			this.writeTimeout = OptionRules.requireMillis(timeout, "writeTimeout");
			return this;
		}

		/**
		 * Set after how long the session is closed for the client to reconnect; shortened
		 * by up to 20 % at random, so that clients do not come back all at once.
		 * @param lifetime the time, zero for no limit
		 * @return this builder
		 */
		public Builder<S> maxLifetime(Duration lifetime) {
			this.maxLifetime = OptionRules.requireMillis(lifetime, "maxLifetime");
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public SessionOptions<S> build() {
			return new SessionOptions<>(this);
		}

	}

}
