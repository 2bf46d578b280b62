package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Opens streams and reads them, and counts those that fail and end. Not thread-safe.
 */
final class StreamLoop implements AutoCloseable {

	private static final int OPENING_AT_ONCE = 64;

	private static final int STALLED_HEAD = 2048;

	private static final long MAX_MILLIS = 20;

	private final Tally tally;

	private final boolean resume;

	private final Selector selector;

	/** Those that are to be opened as soon as there are not too many under way. */
	private final Queue<LoadStream> waiting = new ArrayDeque<>();

	private final ByteBuffer direct = ByteBuffer.allocateDirect(256 * 1024);

	private final byte[] bytes = new byte[this.direct.capacity()];

	private int opening;

	private int ended;

	/** Of those, how many had not got all and will not come back. */
	private int hopeless;

	private int failed;

	private @Nullable String firstFailure;

	/**
	 * Create a loop.
	 * @param tally is told when something is read
	 * @param resume whether streams that end too early are opened again
	 */
	StreamLoop(Tally tally, boolean resume) {
		this.tally = tally;
		this.resume = resume;
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void open(LoadStream stream) {
		this.waiting.add(stream);
	}

	boolean isOpening() {
		return !this.waiting.isEmpty() || this.opening > 0;
	}

	/** Wait for something to happen, for a short time at most, and do it. */
	void turn(long maxNanos) {
		while (this.opening < OPENING_AT_ONCE && !this.waiting.isEmpty()) {
			begin(this.waiting.remove());
		}
		try {
			long millis = Math.min(MAX_MILLIS, TimeUnit.NANOSECONDS.toMillis(maxNanos));
			this.selector.select(this::ready, Math.max(1, millis));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void begin(LoadStream stream) {
		try {
			this.opening++;
			stream.open(this.selector);
		}
		catch (IOException ex) {
			fail(stream, ex);
		}
	}

	private void ready(SelectionKey key) {
		LoadStream stream = (LoadStream) key.attachment();
		try {
			if (key.isConnectable()) {
				stream.connected(key);
			}
			else {
				read(key, stream);
			}
		}
		catch (IOException | IllegalStateException ex) {
			if (stream.state() == LoadStream.State.OPEN) {
				end(stream);
			}
			else {
				fail(stream, ex);
			}
		}
	}

	private void read(SelectionKey key, LoadStream stream) throws IOException {
		this.direct.clear();
		boolean head = stream.state() == LoadStream.State.HEAD;
		if (head && stream.isStalled()) {
			this.direct.limit(STALLED_HEAD);
		}
		int length = ((SocketChannel) key.channel()).read(this.direct);
		this.tally.read();
		if (length < 0) {
			throw new IOException("The server has closed the connection");
		}
		this.direct.get(0, this.bytes, 0, length);
		boolean open = stream.read(this.bytes, length, key);
		if (head && stream.state() == LoadStream.State.OPEN) {
			this.opening--;
		}
		if (!open) {
			end(stream);
		}
	}

	private void end(LoadStream stream) {
		this.ended++;
		boolean reading = !stream.isStalled();
		close(stream);
		if (this.resume && !stream.check().isComplete()) {
			open(stream);
		}
		else if (reading && stream.check().undelivered() > 0) {
			this.hopeless++;
		}
	}

	private void fail(LoadStream stream, Exception reason) {
		this.opening--;
		this.failed++;
		if (this.firstFailure == null) {
			this.firstFailure = reason.toString();
		}
		close(stream);
	}

	void wake(LoadStream stream) {
		stream.wake(this.selector);
	}

	void close(LoadStream stream) {
		try {
			stream.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void forgetEnded() {
		this.ended = 0;
		this.hopeless = 0;
	}

	int ended() {
		return this.ended;
	}

	int hopeless() {
		return this.hopeless;
	}

	int failed() {
		return this.failed;
	}

	@Nullable String firstFailure() {
		return this.firstFailure;
	}

	@Override
	public void close() {
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
