package io.github.bettersse.redis;

import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.github.bettersse.SseException;
import io.github.bettersse.eventlog.LogCursor;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.LogView;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import io.github.bettersse.eventlog.ViewedEventLog;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The log of any number of nodes: a Redis stream. Each node follows it and holds a view
 * of all that is retained, so that only appending waits for Redis. Thread-safe.
 * {@link #append} waits while too many appends are on their way, and {@link #resolve}
 * where this node does not know an id; all other methods answer at once, during an outage
 * too.
 */
public final class RedisEventLog extends ViewedEventLog implements AutoCloseable {

	private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long MAX_LAG_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final String nodeName;

	private final LogView view;

	private final LogSender sender;

	private final LogAppender appender;

	private final RedisLoop appending;

	private final RedisLoop following;

	private volatile boolean closed;

	/**
	 * Create a log, load what is retained, and follow it from now on. Waits for Redis.
	 * @param factory opens connections; each that is asked for must be one of its own
	 * @param settings the settings
	 */
	public RedisEventLog(RedisConnectionFactory factory, RedisLogSettings settings) {
		this(factory, settings, System::nanoTime);
	}

	/**
	 * Create a log with a clock of its own.
	 * @param factory opens connections; each that is asked for must be one of its own
	 * @param settings the settings
	 * @param nanoTime tells the age of events and when to warn again, as
	 * {@link System#nanoTime()} does
	 */
	public RedisEventLog(RedisConnectionFactory factory, RedisLogSettings settings, LongSupplier nanoTime) {
		this.nodeName = settings.nodeName();
		LogKeys keys = LogKeys.of(settings.keyPrefix());
		LogScript script = new LogScript(keys, settings, UUID.randomUUID().toString());
		RecordReader reader = new RecordReader(settings.maxRecordSize());
		LogLoader loader = new LogLoader(keys, reader);
		LogState state;
		try (RedisLink link = new RedisLink(factory)) {
			state = script.look(link, new Position("", 0), "");
			this.view = new LogView(loader.load(link.connection(), state), settings.maxTotalSize(), nanoTime);
		}
		Acknowledged acknowledged = new Acknowledged(state);
		this.sender = new LogSender(script, settings.waitReplicas(), keys.state(), this.view, acknowledged,
				state.life());
		this.appender = new LogAppender(settings, this.sender);
		LogTail tail = new LogTail(script, loader, reader, this.view, acknowledged, keys.stream(), state);
		this.appending = new RedisLoop("better-sse-redis-append", factory, this.sender::run, nanoTime);
		this.following = new RedisLoop("better-sse-redis-follow", factory, tail::run, nanoTime);
		this.appending.start();
		this.following.start();
	}

	@Override
	protected LogView view() {
		return this.view;
	}

	@Override
	public CompletableFuture<Position> append(LogEvent event) {
		if (event.scope() != null) {
			throw new SseException(
					"A filter given to one broadcast cannot travel to other nodes: declare it on channel '"
							+ event.channel() + "' with ChannelOptions.builder().filter(...).");
		}
		if (this.closed) {
			throw new SseException("Cannot broadcast: the log is closed.");
		}
		return this.appender.append(event);
	}

	/**
	 * Return what an id means. Where this node does not know it, another one may: then
	 * this waits until this node has read what there is, up to two seconds.
	 */
	@Override
	public LogCursor resolve(String eventId) {
		LogCursor cursor = super.resolve(eventId);
		if (cursor.reason() == null || cursor.reason() == ResetReason.MALFORMED) {
			return cursor;
		}
		CompletableFuture<Void> read = new CompletableFuture<>();
		this.sender.add((queue) -> queue.add(new LogOperation.Ask(read)));
		try {
			read.completeOnTimeout(null, MAX_LAG_NANOS, TimeUnit.NANOSECONDS).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		return super.resolve(eventId);
	}

	@Override
	public void remember(String eventId, Position position) {
		super.remember(eventId, position);
		this.sender.add((queue) -> queue.add(eventId, position));
	}

	@Override
	public boolean isReachable() {
		return this.following.isConnected();
	}

	@Override
	public void forget(String channel) {
		long upTo = this.view.getPosition().sequence();
		this.view.forget(channel, upTo);
		this.sender.add((queue) -> queue.add(new LogOperation.Forget(channel, upTo)));
	}

	@Override
	public String getNodeName() {
		return this.nodeName;
	}

	@Override
	public OptionalLong getStreamLength() {
		long length = this.sender.streamLength();
		return (length >= 0) ? OptionalLong.of(length) : OptionalLong.empty();
	}

	@Override
	public void tell(byte[] message) {
		LogOperation told = new LogOperation.Tell("S", LogRecord.write(new LogRecord.Signal(message)));
		this.sender.add((queue) -> queue.add(told));
	}

	/**
	 * Take no more events, and end the threads after a moment for what is still to be
	 * sent. What was appended and has no answer fails after its time.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.sender.awaitIdle(MAX_WAIT_NANOS);
		this.appending.close();
		this.following.close();
	}

}
