package io.github.bettersse.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The lower bound in Java: one thread, each event encoded once into a log of bytes, and
 * one write per event and stream. A stream whose socket is full goes on where it was when
 * there is room.
 */
public final class RawServer {

	private static final int LOG_SIZE = 64 * 1024 * 1024;

	private static final int BACKLOG = 4096;

	private static final byte[] STREAM_HEAD = ascii(
			"HTTP/1.1 200 \r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");

	private static final byte[] ACCEPTED = ascii("HTTP/1.1 202 \r\nContent-Length: 0\r\n\r\n");

	private final Selector selector = Selector.open();

	private final ServerSocketChannel listener = ServerSocketChannel.open();

	private final ByteBuffer log = ByteBuffer.allocateDirect(LOG_SIZE);

	/** Where each event ends in the log. */
	private final List<Integer> ends = new ArrayList<>();

	private final Set<Stream> streams = new LinkedHashSet<>();

	private final ByteBuffer request = ByteBuffer.allocate(8192);

	/** What was asked for and is not begun: nothing is sent from within a selection. */
	private @Nullable Trigger trigger;

	private RawServer() throws IOException {
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
		this.listener.configureBlocking(false);
		this.listener.register(this.selector, SelectionKey.OP_ACCEPT);
	}

	/**
	 * Run until the standard input ends.
	 * @param args none
	 * @throws IOException if it cannot listen
	 */
	public static void main(String[] args) throws IOException {
		RawServer server = new RawServer();
		ServerControl.listening(server.listener.socket().getLocalPort());
		while (true) {
			server.select(0);
			server.sendWhatWasAsked();
		}
	}

	private void select(long millis) throws IOException {
		this.selector.select(this::ready, millis);
	}

	private void selectNow() throws IOException {
		this.selector.selectNow(this::ready);
	}

	private void ready(SelectionKey key) {
		try {
			if (key.isAcceptable()) {
				accept();
			}
			else if (key.isWritable()) {
				drain((Stream) key.attachment());
			}
			else {
				read(key);
			}
		}
		catch (IOException ex) {
			end(key);
		}
	}

	private void accept() throws IOException {
		SocketChannel accepted = this.listener.accept();
		if (accepted != null) {
			accepted.configureBlocking(false);
			accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
			accepted.register(this.selector, SelectionKey.OP_READ);
		}
	}

	private void end(SelectionKey key) {
		if (key.attachment() != null) {
			this.streams.remove((Stream) key.attachment());
		}
		try {
			key.channel().close();
		}
		catch (IOException ex) {
			ServerControl.report("Not closed: " + ex);
		}
	}

	private void read(SelectionKey key) throws IOException {
		SocketChannel channel = (SocketChannel) key.channel();
		this.request.clear();
		if (channel.read(this.request) < 0) {
			end(key);
			return;
		}
		String text = new String(this.request.array(), 0, this.request.position(), StandardCharsets.US_ASCII);
		if (text.startsWith("GET")) {
			channel.write(ByteBuffer.wrap(STREAM_HEAD));
			Stream stream = new Stream(channel, key, this.ends.size(), end());
			key.attach(stream);
			this.streams.add(stream);
		}
		else {
			channel.write(ByteBuffer.wrap(ACCEPTED));
			String query = text.substring(text.indexOf('?') + 1, text.indexOf(" HTTP"));
			this.trigger = Trigger.of((name) -> query.replaceFirst("(?:.*&)?" + name + "=([^&]*).*", "$1"));
		}
	}

	private void sendWhatWasAsked() throws IOException {
		if (this.trigger != null) {
			Trigger asked = this.trigger;
			this.trigger = null;
			send(asked);
		}
	}

	private void send(Trigger trigger) throws IOException {
		if (this.streams.stream().allMatch((stream) -> stream.next == this.ends.size())) {
			this.streams.forEach(Stream::startOver);
			this.ends.clear();
			this.log.clear();
		}
		long start = System.nanoTime();
		for (int i = 0; i < trigger.count(); i++) {
			if (trigger.rate() > 0) {
				waitUntil(start + (long) (i * 1e9 / trigger.rate()));
			}
			append(i, trigger.size());
			List.copyOf(this.streams).stream().filter((stream) -> !stream.full).forEach(this::drainOrEnd);
		}
	}

	private void waitUntil(long nanoTime) throws IOException {
		while (System.nanoTime() < nanoTime) {
			long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
			if (millis > 0) {
				select(millis);
			}
			else {
				selectNow();
			}
		}
	}

	/** Return where the log ends. */
	private int end() {
		return this.ends.isEmpty() ? 0 : this.ends.get(this.ends.size() - 1);
	}

	private void append(int sequence, int size) {
		this.log.limit(LOG_SIZE).position(end());
		this.log
			.put(ascii("event: " + Tick.NAME + "\nid: " + sequence + "\ndata: " + Tick.data(sequence, size) + "\n\n"));
		this.ends.add(this.log.position());
	}

	private void drainOrEnd(Stream stream) {
		try {
			drain(stream);
		}
		catch (IOException ex) {
			end(stream.key);
		}
	}

	private void drain(Stream stream) throws IOException {
		while (stream.next < this.ends.size()) {
			int end = this.ends.get(stream.next);
			this.log.limit(end).position(stream.written);
			stream.channel.write(this.log);
			stream.written = this.log.position();
			if (stream.written < end) {
				stream.full(true);
				return;
			}
			stream.next++;
		}
		stream.full(false);
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	private static final class Stream {

		private final SocketChannel channel;

		private final SelectionKey key;

		/** The index of the event that is to be written next. */
		private int next;

		/** How much of the log is written. */
		private int written;

		private boolean full;

		Stream(SocketChannel channel, SelectionKey key, int next, int written) {
			this.channel = channel;
			this.key = key;
			this.next = next;
			this.written = written;
		}

		void full(boolean full) {
			if (this.full != full) {
				this.full = full;
				this.key.interestOps(full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
			}
		}

		void startOver() {
			this.next = 0;
			this.written = 0;
		}

	}

}
