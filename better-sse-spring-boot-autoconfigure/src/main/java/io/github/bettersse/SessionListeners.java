package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The listeners of one session. Each connected and disconnected listener is called once,
 * also when it comes late. Thread-safe; listeners are run by the session's executor, but
 * push listeners by the caller.
 */
final class SessionListeners {

	private final SerialExecutor executor;

	private List<Runnable> connected = List.of();

	private List<Consumer<DisconnectReason>> disconnected = List.of();

	private volatile List<Consumer<SseEvent>> push = List.of();

	private boolean open;

	private volatile @Nullable DisconnectReason reason;

	private volatile Departure departure = Departure.UNKNOWN;

	SessionListeners(SerialExecutor executor) {
		this.executor = executor;
	}

	synchronized void onConnected(Runnable listener) {
		if (this.open) {
			this.executor.execute(listener);
		}
		else if (this.reason == null) {
			this.connected = with(this.connected, listener);
		}
	}

	synchronized void onDisconnected(Consumer<DisconnectReason> listener) {
		DisconnectReason reason = this.reason;
		if (reason != null) {
			this.executor.execute(() -> listener.accept(reason));
		}
		else {
			this.disconnected = with(this.disconnected, listener);
		}
	}

	/** Take a listener back that is not needed any more. */
	synchronized void removeDisconnected(Consumer<DisconnectReason> listener) {
		this.disconnected = this.disconnected.stream().filter((other) -> other != listener).toList();
	}

	synchronized void onPush(Consumer<SseEvent> listener) {
		this.push = with(this.push, listener);
	}

	/**
	 * The head is out.
	 * @param last a listener to call after all others
	 * @return false if the session had ended before
	 */
	synchronized boolean connected(Runnable last) {
		if (this.reason != null) {
			return false;
		}
		this.open = true;
		this.connected.forEach(this.executor::execute);
		this.executor.execute(last);
		this.connected = List.of();
		return true;
	}

	/**
	 * The session has ended.
	 * @param last a listener to call after all others if the session was open
	 * @return false if it had ended before
	 */
	synchronized boolean disconnected(DisconnectReason reason, Runnable last) {
		if (this.reason != null) {
			return false;
		}
		this.reason = reason;
		this.disconnected.forEach((listener) -> this.executor.execute(() -> listener.accept(reason)));
		if (this.open) {
			this.executor.execute(last);
		}
		this.connected = List.of();
		this.disconnected = List.of();
		return true;
	}

	/** Return why the session has ended, {@code null} if it has not. */
	@Nullable DisconnectReason reason() {
		return this.reason;
	}

	/** The connection knows how the client has gone, and is about to end. */
	void departed(Departure departure) {
		this.departure = departure;
	}

	/** Return how the client has gone. */
	Departure departure() {
		DisconnectReason reason = this.reason;
		if (reason == DisconnectReason.WRITE_TIMEOUT) {
			return Departure.LOST;
		}
		return (reason == DisconnectReason.CLIENT_GONE) ? this.departure : Departure.NONE;
	}

	/** Return whether the session has opened, whether or not it has ended since. */
	synchronized boolean isOpen() {
		return this.open;
	}

	void pushed(SseEvent event) {
		this.push.forEach((listener) -> this.executor.runNow(() -> listener.accept(event)));
	}

	private static <T> List<T> with(List<T> list, T item) {
		List<T> longer = new ArrayList<>(list);
		longer.add(item);
		return List.copyOf(longer);
	}

}
