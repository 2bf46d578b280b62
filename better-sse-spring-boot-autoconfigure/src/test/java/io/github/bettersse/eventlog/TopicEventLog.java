package io.github.bettersse.eventlog;

import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.bettersse.SseException;

/**
 * A log of several nodes, as small as one can be: on a topic that each node reads from
 * its begin.
 */
final class TopicEventLog extends ViewedEventLog implements AutoCloseable {

	private static final long MAX_SIZE = 64 * 1024 * 1024;

	private static final long MAX_WAIT_SECONDS = 2;

	private final Map<String, CompletableFuture<Position>> appending = new ConcurrentHashMap<>();

	private final Topic topic;

	private final String name;

	private final LogView view;

	private final Thread reader = new Thread(this::follow, "topic-follow");

	private String epoch;

	private int read;

	TopicEventLog(Topic topic, String name, LongSupplier nanoTime) {
		this.topic = topic;
		this.name = name;
		Topic.Page page = topic.read();
		this.epoch = page.start().epoch();
		this.view = new LogView(LogContents.startingAt(page.start()), MAX_SIZE, nanoTime);
		take(page);
		this.reader.start();
	}

	@Override
	protected LogView view() {
		return this.view;
	}

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		if (event.scope() != null) {
			throw new SseException("A filter given to one broadcast cannot travel to other nodes");
		}
		String key = UUID.randomUUID().toString();
		CompletableFuture<Position> position = new CompletableFuture<>();
		this.appending.put(key, position);
		this.topic.add(new Topic.Event(key, event));
		return position.orTimeout(MAX_WAIT_SECONDS, TimeUnit.SECONDS)
			.whenComplete((done, failure) -> this.appending.remove(key));
	}

	private void follow() {
		try {
			while (true) {
				this.view.awaitRoom();
				Topic.Page page = this.topic.read(this.epoch, this.read);
				if (!page.start().epoch().equals(this.epoch)) {
					this.epoch = page.start().epoch();
					this.read = 0;
					this.view.restartAt(page.start());
				}
				take(page);
			}
		}
		catch (InterruptedException ex) {
			// It is closed
		}
	}

	private synchronized void take(Topic.Page page) {
		page.items().forEach(this::take);
		this.read += page.items().size();
		notifyAll();
	}

	private void take(Topic.Item item) {
		if (item instanceof Topic.Event appended) {
			Position position = this.view.getPosition().next();
			this.view.add(appended.event().at(position), appended.event().retention());
			CompletableFuture<Position> own = this.appending.get(appended.key());
			if (own != null) {
				own.complete(position);
			}
		}
		else if (item instanceof Topic.Forgotten forgotten) {
			this.view.forget(forgotten.channel(), forgotten.upTo());
		}
		else if (item instanceof Topic.GivenId given && !given.node().equals(this.name)) {
			this.view.remember(given.id(), given.position());
		}
		else if (item instanceof Topic.Told told) {
			this.view.tell(told.message());
		}
	}

	@Override
	public LogCursor resolve(String eventId) {
		LogCursor cursor = super.resolve(eventId);
		if (cursor.position() == null && cursor.reason() != ResetReason.MALFORMED) {
			awaitRead(this.topic.size());
			cursor = super.resolve(eventId);
		}
		return cursor;
	}

	private synchronized void awaitRead(int size) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_WAIT_SECONDS);
		try {
			while (this.read < size && end - System.nanoTime() > 0) {
				TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void remember(String eventId, Position position) {
		super.remember(eventId, position);
		this.topic.add(new Topic.GivenId(this.name, eventId, position));
	}

	@Override
	public void forget(String channel) {
		long upTo = this.view.getPosition().sequence();
		this.view.forget(channel, upTo);
		this.topic.add(new Topic.Forgotten(channel, upTo));
	}

	@Override
	public void tell(byte[] message) {
		this.topic.add(new Topic.Told(message));
	}

	@Override
	public String getNodeName() {
		return this.name;
	}

	@Override
	public OptionalLong getStreamLength() {
		return OptionalLong.of(this.topic.size());
	}

	@Override
	public void close() {
		this.reader.interrupt();
	}

}
