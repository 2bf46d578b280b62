package io.github.bettersse;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of a channel get which events: what the channel's own filter says, and
 * the one that was given to the broadcast. Who one of them fails for does not get the
 * event. Thread-safe.
 */
final class ChannelFilter<S> {

	private final String channel;

	private final @Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> own;

	private final Failures failures;

	ChannelFilter(String channel, @Nullable BiPredicate<? super Session<? extends S>, ? super SseEvent> own,
			Failures failures) {
		this.channel = channel;
		this.own = own;
		this.failures = failures;
	}

	/**
	 * Return what decides about an event, and throws nothing. Only sessions of the right
	 * type were ever registered, and the scope is that of a channel.
	 * @return {@code null} if all sessions get it
	 */
	@SuppressWarnings("unchecked")
	@Nullable BiPredicate<DefaultSession<?>, SseEvent> of(LogEntry entry) {
		BiPredicate<? super Session<? extends S>, ? super SseEvent> own = this.own;
		Predicate<? super Session<? extends S>> given = (Predicate<? super Session<? extends S>>) entry.scope();
		if (own == null && given == null) {
			return null;
		}
		return (session, event) -> {
			Session<? extends S> typed = (Session<? extends S>) session;
			try {
				return (own == null || own.test(typed, event)) && (given == null || given.test(typed));
			}
			catch (Throwable ex) {
				this.failures.ofFilter(this.channel, ex);
				return false;
			}
		};
	}

	/**
	 * Return what is to be kept of an event: its data only if somebody will look at that,
	 * since an object may be of any size.
	 */
	SseEvent kept(SseEvent event, @Nullable Object scope) {
		if (this.own != null || scope != null) {
			return event;
		}
		SseEvent kept = (event.getName() != null) ? SseEvent.empty().name(event.getName()) : SseEvent.empty();
		return (event.getId() != null) ? kept.id(event.getId()) : kept;
	}

	/** Return whether a session gets an event of the past. */
	boolean accepts(DefaultSession<?> session, LogEntry entry) {
		BiPredicate<DefaultSession<?>, SseEvent> filter = of(entry);
		return filter == null || filter.test(session, entry.event());
	}

}
