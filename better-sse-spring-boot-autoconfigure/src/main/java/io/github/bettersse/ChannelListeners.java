package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.bettersse.event.SseEvent;

/**
 * The listeners of one channel. Thread-safe; those about a session run on the session's
 * executor, those about a broadcast on the caller.
 */
final class ChannelListeners<S> {

	private final List<Consumer<? super Session<? extends S>>> registered = new CopyOnWriteArrayList<>();

	private final List<Consumer<? super Session<? extends S>>> deregistered = new CopyOnWriteArrayList<>();

	private final List<Consumer<? super Session<? extends S>>> disconnected = new CopyOnWriteArrayList<>();

	private final List<BiConsumer<? super Session<? extends S>, Replay>> reset = new CopyOnWriteArrayList<>();

	private final List<Consumer<SseEvent>> broadcast = new CopyOnWriteArrayList<>();

	private final Failures failures;

	ChannelListeners(Failures failures) {
		this.failures = failures;
	}

	void onRegistered(Consumer<? super Session<? extends S>> listener) {
		this.registered.add(listener);
	}

	void onDeregistered(Consumer<? super Session<? extends S>> listener) {
		this.deregistered.add(listener);
	}

	void onDisconnected(Consumer<? super Session<? extends S>> listener) {
		this.disconnected.add(listener);
	}

	void onReset(BiConsumer<? super Session<? extends S>, Replay> listener) {
		this.reset.add(listener);
	}

	void onBroadcast(Consumer<SseEvent> listener) {
		this.broadcast.add(listener);
	}

	boolean isEmpty() {
		return this.registered.isEmpty() && this.deregistered.isEmpty() && this.disconnected.isEmpty()
				&& this.reset.isEmpty() && this.broadcast.isEmpty();
	}

	void registered(DefaultSession<?> session) {
		tell(this.registered, session);
	}

	void deregistered(DefaultSession<?> session) {
		tell(this.deregistered, session);
	}

	void disconnected(DefaultSession<?> session) {
		tell(this.disconnected, session);
	}

	/** Only sessions of the right type were ever registered. */
	@SuppressWarnings("unchecked")
	void reset(DefaultSession<?> session, Replay replay) {
		Session<? extends S> typed = (Session<? extends S>) session;
		this.reset.forEach((listener) -> session.outlet().executor().execute(() -> listener.accept(typed, replay)));
	}

	void broadcast(SseEvent event) {
		this.broadcast.forEach((listener) -> this.failures.run(() -> listener.accept(event)));
	}

	/** Only sessions of the right type were ever registered. */
	@SuppressWarnings("unchecked")
	private void tell(List<Consumer<? super Session<? extends S>>> listeners, DefaultSession<?> session) {
		Session<? extends S> typed = (Session<? extends S>) session;
		listeners.forEach((listener) -> session.outlet().executor().execute(() -> listener.accept(typed)));
	}

}
