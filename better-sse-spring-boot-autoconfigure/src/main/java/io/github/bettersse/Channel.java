package io.github.bettersse;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * A named group of sessions that get the same events.
 * <p>
 * Thread-safe. A broadcast is serialised once, gets its place in one order over all
 * channels, and reaches each session that is registered at that moment. It does not wait
 * for any reader, and never fails because of one session, filter or listener. It throws
 * {@link SseException} before anything is sent if the data cannot be serialised, or if
 * the server is so far behind its publishers that no room came free in time; only for
 * that room a broadcast may wait, and never on a thread of the library.
 * <p>
 * A reference stays valid after {@link ChannelRegistry#remove}: its next use creates the
 * channel again. State and listeners are those of this node.
 * <p>
 * Listeners run on the library's task executor, for one session in order, unless said
 * otherwise; one that throws is logged and harms no other.
 *
 * @param <C> the type of the channel's state
 * @param <S> the type of the state of its sessions
 */
public interface Channel<C, S> {

	/**
	 * Return the name that is unique in the registry.
	 * @return the name
	 */
	String getName();

	/**
	 * Return the application's state of this channel.
	 * @return the state
	 * @throws IllegalStateException if none was given
	 */
	C getState();

	/**
	 * Replace the application's state of this channel.
	 * @param state the new state
	 */
	void setState(C state);

	/**
	 * Let a session take part. In a handler, before the head is out, as with
	 * {@link ReplayFrom#cursor()}: it gets what the client has missed, and then what is
	 * broadcast from now on. Later, as with {@link ReplayFrom#none()}.
	 * @param session the session
	 * @return the replay, the first one if the session is registered already
	 * @throws SseException if it is not connected
	 */
	Replay register(Session<? extends S> session);

	/**
	 * Let a session take part; it gets history, as far as the channel keeps it, and then
	 * what is broadcast from now on. In a handler it collects events at once and shows in
	 * the channel when it opens. All registrations that are made before the head is out
	 * are replayed together, in the order of the log, before live events. A later one is
	 * replayed without ids. A session that ends is deregistered by itself.
	 * <p>
	 * Where events are lost that the client has missed, it gets an event
	 * {@code stream-reset} before any later id, with the data
	 * {@code {"channel":…,"reason":…}}.
	 * <p>
	 * Of the channel of its user a session is a member already; the first registration by
	 * a handler still says from where it gets history.
	 * @param session the session
	 * @param from from where it gets history
	 * @return the replay, the first one if the session is registered already
	 * @throws SseException if it is not connected
	 */
	Replay register(Session<? extends S> session, ReplayFrom from);

	/**
	 * Let a session take part no more. What was broadcast before still reaches it. Does
	 * nothing if it is not registered.
	 * @param session the session
	 */
	void deregister(Session<?> session);

	/**
	 * Broadcast data under the name {@code message}.
	 * @param data the data to serialise; {@code null} is sent as such; an
	 * {@link SseEvent} is sent as that event
	 */
	default void broadcast(@Nullable Object data) {
		broadcast((data instanceof SseEvent event) ? event : SseEvent.of(data).name(Session.DEFAULT_EVENT_NAME));
	}

	/**
	 * Broadcast data under a name.
	 * @param data the data to serialise
	 * @param eventName the event's name, without CR, LF and NUL
	 */
	default void broadcast(@Nullable Object data, String eventName) {
		broadcast(SseEvent.from(data).name(eventName));
	}

	/**
	 * Broadcast data under a name to some of the sessions.
	 * @param data the data to serialise
	 * @param eventName the event's name, without CR, LF and NUL
	 * @param filter whether a session gets the event
	 * @see #broadcast(SseEvent, Predicate)
	 */
	default void broadcast(@Nullable Object data, String eventName, Predicate<? super Session<? extends S>> filter) {
		broadcast(SseEvent.from(data).name(eventName), filter);
	}

	/**
	 * Broadcast an event.
	 * @param event the event; without an id it gets its position in the log as its id;
	 * {@code null}, as in {@code broadcast(null)}, sends the data null
	 */
	void broadcast(@Nullable SseEvent event);

	/**
	 * Broadcast an event to some of the sessions.
	 * @param event the event
	 * @param filter whether a session gets the event, besides the channel's own filter.
	 * Runs on delivery threads and must not block; where it throws the session does not
	 * get the event, which is logged once
	 */
	void broadcast(SseEvent event, Predicate<? super Session<? extends S>> filter);

	/**
	 * Broadcast an event without waiting for the log. Waits for room only, as every
	 * broadcast does: where the server is saturated, or too many events are on their way
	 * to the log.
	 * @param event the event
	 * @return the event's position once it has one; fails if the log does not take the
	 * event, or does not answer in time
	 * @throws SseException if there was no room in time: the event is not in the log
	 */
	CompletableFuture<String> broadcastAsync(SseEvent event);

	/**
	 * Return the sessions that are registered on this node.
	 * @return a snapshot
	 */
	Collection<Session<? extends S>> getSessions();

	/**
	 * Return how many sessions are registered on this node.
	 * @return the number
	 */
	int getSessionCount();

	/**
	 * Return who is there.
	 * @return a snapshot
	 */
	Presence getPresence();

	/**
	 * Return the position of the newest event of the log. A page that is rendered from a
	 * snapshot taken after this call may start its stream there, with the query parameter
	 * {@code lastEventId}.
	 * @return the position
	 */
	String getPosition();

	/**
	 * Call a listener when a session has been registered and is open.
	 * @param listener gets the session
	 * @return this channel
	 */
	Channel<C, S> onRegistered(Consumer<? super Session<? extends S>> listener);

	/**
	 * Call a listener when a session takes part no more, for whatever reason.
	 * @param listener gets the session
	 * @return this channel
	 */
	Channel<C, S> onDeregistered(Consumer<? super Session<? extends S>> listener);

	/**
	 * Call a listener when a registered session has ended; before
	 * {@link #onDeregistered}.
	 * @param listener gets the session
	 * @return this channel
	 */
	Channel<C, S> onDisconnected(Consumer<? super Session<? extends S>> listener);

	/**
	 * Call a listener when a client was told that events are lost, for the application to
	 * push what it needs instead: what is pushed there comes behind the
	 * {@code stream-reset}.
	 * @param listener gets the session and the replay with the reason
	 * @return this channel
	 */
	Channel<C, S> onReset(BiConsumer<? super Session<? extends S>, Replay> listener);

	/**
	 * Call a listener when the first session of a user is registered. With several nodes:
	 * the first on any of them, and on the node where that is.
	 * @param listener gets the user's name; on the executor of that session
	 * @return this channel
	 */
	Channel<C, S> onJoined(Consumer<String> listener);

	/**
	 * Call a listener when the last session of a user takes part no more.
	 * @param listener gets the user's name; on the executor of that session
	 * @return this channel
	 */
	Channel<C, S> onLeft(Consumer<String> listener);

	/**
	 * Call a listener for each broadcast of this node, on the publishing thread, after
	 * the event has its position.
	 * @param listener gets the event as it was broadcast
	 * @return this channel
	 */
	Channel<C, S> onBroadcast(Consumer<SseEvent> listener);

}
