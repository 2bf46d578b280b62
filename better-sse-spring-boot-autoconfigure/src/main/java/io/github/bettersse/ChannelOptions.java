package io.github.bettersse;

import java.util.Objects;
import java.util.function.BiPredicate;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The types and the behaviour of a channel. Immutable, thread-safe. Options are equal
 * when their types, histories and switches are, and their filters are the same object or
 * come from the same lambda expression; the initial state is not compared.
 *
 * @param <C> the type of the channel's state
 * @param <S> the type of the state of its sessions
 */
public final class ChannelOptions<C, S> {

	private final @Nullable C state;

	private final Class<?> sessionState;

	private final @Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> filter;

	private final @Nullable History history;

	private final boolean latest;

	private final boolean keepWhenEmpty;

	private ChannelOptions(Builder<C, S> builder) {
		this.state = builder.state;
		this.sessionState = builder.sessionState;
		this.filter = builder.filter;
		this.history = builder.history;
		this.latest = builder.latest;
		this.keepWhenEmpty = builder.keepWhenEmpty;
	}

	/**
	 * Start with nothing set: no state, sessions of any state, no filter.
	 * @param <C> the type of the channel's state
	 * @param <S> the type of the state of its sessions
	 * @return a builder
	 */
	public static <C, S> Builder<C, S> builder() {
		return new Builder<>();
	}

	/**
	 * Return the options of a channel without state for sessions of one state type.
	 * @param sessionState the type of the state of its sessions
	 * @param <S> the same
	 * @return the options
	 */
	public static <S> ChannelOptions<Void, S> forSessions(Class<S> sessionState) {
		return ChannelOptions.<Void, S>builder().sessionState(sessionState).build();
	}

	@Nullable C state() {
		return this.state;
	}

	@Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> filter() {
		return this.filter;
	}

	@Nullable History history() {
		return this.history;
	}

	boolean latest() {
		return this.latest;
	}

	boolean keepWhenEmpty() {
		return this.keepWhenEmpty;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof ChannelOptions<?, ?> that && type(this.state) == type(that.state)
				&& this.sessionState == that.sessionState && type(this.filter) == type(that.filter)
				&& Objects.equals(this.history, that.history) && this.latest == that.latest
				&& this.keepWhenEmpty == that.keepWhenEmpty);
	}

	@Override
	public int hashCode() {
		return Objects.hash(type(this.state), this.sessionState, type(this.filter), this.history, this.latest,
				this.keepWhenEmpty);
	}

	@Override
	public String toString() {
		return "[state " + type(this.state).getName() + ", session state " + this.sessionState.getName() + ", "
				+ ((this.filter != null) ? "filter " + type(this.filter).getName() : "no filter")
				+ ((this.history != null) ? ", " + this.history : "") + (this.latest ? ", latest" : "")
				+ (this.keepWhenEmpty ? ", kept when empty" : "") + "]";
	}

	private static Class<?> type(@Nullable Object value) {
		return (value != null) ? value.getClass() : Void.class;
	}

	/**
	 * Builds {@link ChannelOptions}. Not thread-safe.
	 *
	 * @param <C> the type of the channel's state
	 * @param <S> the type of the state of its sessions
	 */
	public static final class Builder<C, S> {

		private @Nullable C state;

		private Class<?> sessionState = Object.class;

		private @Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> filter;

		private @Nullable History history;

		private boolean latest;

		private boolean keepWhenEmpty;

		private Builder() {
		}

		/**
		 * Set the channel's initial state.
		 * @param state the state
		 * @return this builder
		 */
		public Builder<C, S> state(C state) {
			this.state = state;
			return this;
		}

		/**
		 * Set the type of the state of the channel's sessions.
		 * @param type the type
		 * @return this builder
		 */
		public Builder<C, S> sessionState(Class<S> type) {
			this.sessionState = type;
			return this;
		}

		/**
		 * Set a filter for every event of this channel.
		 * @param filter whether a session gets an event. Runs on delivery threads and
		 * must not block; where it throws the session does not get the event, which is
		 * logged once
		 * @return this builder
		 */
		public Builder<C, S> filter(BiPredicate<? super Session<? extends S>, ? super SseEvent> filter) {
			this.filter = filter;
			return this;
		}

		/**
		 * Keep events for clients that reconnect and for newcomers that ask for them. A
		 * rule for the channel's name, as from a property, goes before this.
		 * @param history what is kept; by default what holds for all channels
		 * @return this builder
		 */
		public Builder<C, S> history(History history) {
			this.history = history;
			return this;
		}

		/**
		 * Keep the last event of each name, and give it to every session that registers
		 * and does not resume; without an id.
		 * @return this builder
		 */
		public Builder<C, S> latest() {
			this.latest = true;
			return this;
		}

		/**
		 * Keep the history however long no session is registered. By default it is given
		 * back after the greatest age of its events, or 5 minutes if there is none.
		 * @return this builder
		 */
		public Builder<C, S> keepWhenEmpty() {
			this.keepWhenEmpty = true;
			return this;
		}

		/**
		 * Build the options.
		 * @return the options
		 */
		public ChannelOptions<C, S> build() {
			return new ChannelOptions<>(this);
		}

	}

}
