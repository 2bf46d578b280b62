package io.github.bettersse;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.bettersse.event.EventBuffer;
import io.github.bettersse.event.EventId;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link Session}: what the application sees of a
 * {@link SessionOutlet}.
 */
final class DefaultSession<S> implements Session<S> {

	private final String id = UUID.randomUUID().toString();

	private final Handshake handshake;

	private final Frame disconnectFrame;

	private final SessionOutlet outlet;

	private volatile @Nullable S state;

	DefaultSession(Connection connection, SessionSettings settings, @Nullable S state, EngineParts parts) {
		this.handshake = connection.getHandshake();
		this.disconnectFrame = parts.disconnectFrame();
		this.state = state;
		this.outlet = new SessionOutlet(this, connection, settings, parts);
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public S getState() {
		S state = this.state;
		if (state == null) {
			throw new IllegalStateException("The session has no state: none was given with its options, by a "
					+ "SessionStateFactory or by setState.");
		}
		return state;
	}

	@Override
	public void setState(S state) {
		this.state = state;
	}

	@Override
	public String getLastEventId() {
		return this.outlet.lastEventId();
	}

	@Override
	public boolean isConnected() {
		return this.outlet.isConnected();
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public long getDroppedCount() {
		return this.outlet.droppedCount();
	}

	@Override
	public Session<S> push(@Nullable SseEvent given) {
		this.outlet.requireConnected();
		SseEvent event = (given != null) ? given : SseEvent.of(null).name(DEFAULT_EVENT_NAME);
		String id = event.getId();
		this.outlet.send(this.outlet.settings()
			.encoder()
			.encode(event, (id == null && event.hasData()) ? EventId.random() : id));
		this.outlet.listeners().pushed(event);
		return this;
	}

	@Override
	public CompletableFuture<Void> batch(Consumer<EventBuffer> batcher) {
		this.outlet.requireConnected();
		EventBuffer buffer = EventBuffer.using(this.outlet.settings().serializer());
		batcher.accept(buffer);
		return batch(buffer);
	}

	@Override
	public CompletableFuture<Void> batch(EventBuffer buffer) {
		this.outlet.requireConnected();
		this.outlet.send(buffer.toFrame());
		return this.outlet.flush();
	}

	@Override
	public CompletableFuture<Void> flush() {
		this.outlet.requireConnected();
		return this.outlet.flush();
	}

	@Override
	public void close() {
		this.outlet.end(DisconnectReason.CLOSED, null);
	}

	@Override
	public void disconnect() {
		this.outlet.end(DisconnectReason.DISCONNECTED, this.disconnectFrame);
	}

	@Override
	public Session<S> onConnected(Runnable listener) {
		this.outlet.listeners().onConnected(listener);
		return this;
	}

	@Override
	public Session<S> onDisconnected(Consumer<DisconnectReason> listener) {
		this.outlet.listeners().onDisconnected(listener);
		return this;
	}

	@Override
	public Session<S> onPush(Consumer<SseEvent> listener) {
		this.outlet.listeners().onPush(listener);
		return this;
	}

	SessionOutlet outlet() {
		return this.outlet;
	}

}
