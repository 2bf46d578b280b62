package io.github.bettersse.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * One stream of the load client. Not thread-safe.
 *
 * <pre>
 * ENDED --open--> CONNECTING --> HEAD --> OPEN --> ENDED
 * </pre>
 */
final class LoadStream {

	/** What a stream is doing. */
	enum State {

		CONNECTING, HEAD, OPEN, ENDED

	}

	private static final int STALLED_BUFFER = 4096;

	/** Of one address there are fewer ports than this to connect from. */
	private static final int STREAMS_PER_ADDRESS = 20_000;

	private final int number;

	private final LoadOptions options;

	private final StreamCheck check;

	private final EventStreamParser parser;

	private final BodyDecoder body;

	private State state = State.ENDED;

	private boolean stalled;

	private @Nullable StreamHead head;

	private @Nullable SocketChannel channel;

	private int localPort;

	LoadStream(int number, LoadOptions options, Tally tally) {
		this.number = number;
		this.options = options;
		this.stalled = options.isStalled(number);
		this.check = new StreamCheck(tally, options.excluded().test(number), this.stalled);
		this.parser = new EventStreamParser(this.check);
		this.body = new BodyDecoder(this.parser);
	}

	void open(Selector selector) throws IOException {
		SocketChannel opened = SocketChannel.open();
		this.channel = opened;
		this.state = State.CONNECTING;
		opened.configureBlocking(false);
		if (this.stalled) {
			opened.setOption(StandardSocketOptions.SO_RCVBUF, STALLED_BUFFER);
		}
		if (this.options.sessions() > STREAMS_PER_ADDRESS) {
			opened.bind(new InetSocketAddress("127.0.0." + (2 + this.number / STREAMS_PER_ADDRESS), 0));
		}
		opened.register(selector, SelectionKey.OP_CONNECT, this);
		opened.connect(new InetSocketAddress("127.0.0.1", this.options.port()));
	}

	void connected(SelectionKey key) throws IOException {
		SocketChannel connected = (SocketChannel) key.channel();
		connected.finishConnect();
		this.localPort = ((InetSocketAddress) connected.getLocalAddress()).getPort();
		String lastId = this.parser.lastId();
		String request = "GET " + this.options.path().apply(this.number) + " HTTP/1.1\r\nHost: 127.0.0.1:"
				+ this.options.port() + "\r\nAccept: text/event-stream\r\n"
				+ (lastId.isEmpty() ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n";
		ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
		if (connected.write(bytes) == 0 || bytes.hasRemaining()) {
			throw new IOException("A new connection takes no request");
		}
		this.head = new StreamHead();
		this.state = State.HEAD;
		key.interestOps(SelectionKey.OP_READ);
	}

	/**
	 * Take what was read.
	 * @return whether the stream goes on
	 */
	boolean read(byte[] bytes, int length, SelectionKey key) {
		int from = 0;
		if (this.head != null) {
			from = this.head.add(bytes, length);
			if (from < 0) {
				return true;
			}
			this.body.start(this.head.isChunked());
			this.head = null;
			this.state = State.OPEN;
			if (this.stalled) {
				key.interestOps(0);
			}
		}
		return !this.body.decode(bytes, from, length);
	}

	/** Read again after all. */
	void wake(Selector selector) {
		this.stalled = false;
		if (this.state == State.OPEN && this.channel != null) {
			this.channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
		}
	}

	void close() throws IOException {
		this.state = State.ENDED;
		this.head = null;
		SocketChannel closing = this.channel;
		this.channel = null;
		if (closing != null && closing.isOpen()) {
			// With a reset, so that no port stays in use for a minute
			closing.setOption(StandardSocketOptions.SO_LINGER, 0);
			closing.close();
		}
	}

	State state() {
		return this.state;
	}

	boolean isStalled() {
		return this.stalled;
	}

	int number() {
		return this.number;
	}

	int localPort() {
		return this.localPort;
	}

	StreamCheck check() {
		return this.check;
	}

}
