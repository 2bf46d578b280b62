package io.github.bettersse;

import java.util.Objects;
import java.util.function.BiPredicate;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The types and the behaviour of a channel. Immutable, thread-safe. Options are equal
 * when their types are, and their filters are the same object or come from the same
 * lambda expression; the initial state is not compared.
 *
 * @param <C> the type of the channel's state
 * @param <S> the type of the state of its sessions
 */
public final class ChannelOptions<C, S> {

	private final @Nullable C state;

	private final Class<?> sessionState;

	private final @Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> filter;

	private ChannelOptions(Builder<C, S> builder) {
		this.state = builder.state;
		this.sessionState = builder.sessionState;
		this.filter = builder.filter;
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

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof ChannelOptions<?, ?> that && type(this.state) == type(that.state)
				&& this.sessionState == that.sessionState && type(this.filter) == type(that.filter));
	}

	@Override
	public int hashCode() {
		return Objects.hash(type(this.state), this.sessionState, type(this.filter));
	}

	@Override
	public String toString() {
		return "[state " + type(this.state).getName() + ", session state " + this.sessionState.getName() + ", "
				+ ((this.filter != null) ? "filter " + type(this.filter).getName() : "no filter") + "]";
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
		 * Build the options.
		 * @return the options
		 */
		public ChannelOptions<C, S> build() {
			return new ChannelOptions<>(this);
		}

	}

}
