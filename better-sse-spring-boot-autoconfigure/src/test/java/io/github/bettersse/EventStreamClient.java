package io.github.bettersse;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

import io.github.bettersse.test.EventStreamParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A client on a bare socket, which sees each byte and can go away in every manner. No
 * read waits for longer than 10 seconds. Not thread-safe.
 */
public final class EventStreamClient implements AutoCloseable {

	private static final int MAX_WAIT_MILLIS = 10_000;

	private static final Pattern DATE = Pattern.compile("(?m)^Date: .*\r\n");

	private final Socket socket = new Socket();

	private final CutInputStream bytes;

	private final InputStream in;

	private final EventStreamParser parser = new EventStreamParser();

	private int nextEvent;

	private boolean chunked;

	private int leftInChunk;

	private boolean ended;

	private EventStreamClient(int port, int receiveBuffer) throws IOException {
		if (receiveBuffer > 0) {
			this.socket.setReceiveBufferSize(receiveBuffer);
		}
		this.socket.setSoTimeout(MAX_WAIT_MILLIS);
		this.socket.setTcpNoDelay(true);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_WAIT_MILLIS);
		this.bytes = new CutInputStream(this.socket.getInputStream());
		this.in = new BufferedInputStream(this.bytes);
	}

	/**
	 * Ask for a stream with HTTP/1.1.
	 * @param port the port on the loopback interface
	 * @param path the path, with a query if there is to be one
	 * @param headers further lines of the head, such as {@code "Last-Event-ID: 7"}
	 * @return a client that has sent its request and read nothing
	 */
	public static EventStreamClient connect(int port, String path, String... headers) throws IOException {
		EventStreamClient client = new EventStreamClient(port, 0);
		client.request(path, headers);
		return client;
	}

	/**
	 * Ask for a stream, with a receive buffer so small that the server soon notices if
	 * nothing is read.
	 * @param port the port on the loopback interface
	 * @param path the path, with a query if there is to be one
	 * @param headers further lines of the head
	 * @return a client that has sent its request and read nothing
	 */
	public static EventStreamClient connectWithSmallBuffer(int port, String path, String... headers)
			throws IOException {
		EventStreamClient client = new EventStreamClient(port, 4096);
		client.request(path, headers);
		return client;
	}

	/**
	 * Send a request as it is.
	 * @param port the port on the loopback interface
	 * @param request the request, sent as UTF-8
	 * @return a client that has sent its request and read nothing
	 */
	public static EventStreamClient send(int port, String request) throws IOException {
		return send(port, request.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a request as it is.
	 * @param port the port on the loopback interface
	 * @param request the request
	 * @return a client that has sent its request and read nothing
	 */
	public static EventStreamClient send(int port, byte[] request) throws IOException {
		EventStreamClient client = new EventStreamClient(port, 0);
		client.send(request);
		return client;
	}

	/**
	 * Ask for another stream on the same connection, after the last one has ended.
	 * @param path the path, with a query if there is to be one
	 * @param headers further lines of the head
	 */
	public void request(String path, String... headers) throws IOException {
		StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		send(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
	}

	private void send(byte[] request) throws IOException {
		this.ended = false;
		this.leftInChunk = 0;
		this.socket.getOutputStream().write(request);
	}

	/** Lose the connection after so many bytes of the response, wherever that is. */
	public EventStreamClient cutAfter(int bytes) {
		this.bytes.cutAfter(bytes);
		return this;
	}

	/**
	 * Read the head of the response.
	 * @return its lines, each ended by LF, without the Date header
	 */
	public String readHead() throws IOException {
		StringBuilder head = new StringBuilder(512);
		while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
			head.append((char) readByte());
		}
		String text = head.toString();
		this.chunked = text.contains("\r\nTransfer-Encoding: chunked\r\n");
		assertThat(text).containsPattern(DATE);
		return DATE.matcher(text).replaceFirst("").replace("\r\n", "\n");
	}

	/**
	 * Read bytes of the response as they come, without decoding chunks.
	 * @return them as Latin-1
	 */
	public String readRaw(int length) throws IOException {
		byte[] bytes = this.in.readNBytes(length);
		return new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Read a part of the body.
	 * @param length how many bytes to wait for
	 * @return them as UTF-8; fewer if the body has ended in order
	 */
	public String readBody(int length) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		while (body.size() < length) {
			byte[] some = readSome(length - body.size());
			if (some.length == 0) {
				break;
			}
			body.writeBytes(some);
		}
		return body.toString(StandardCharsets.UTF_8);
	}

	/** Read what the server still sends, until it ends the body in order. */
	public String readRest() throws IOException {
		return readBody(Integer.MAX_VALUE);
	}

	/** Wait for the next event. */
	public EventStreamParser.Event nextEvent() throws IOException {
		while (this.parser.getEvents().size() == this.nextEvent) {
			if (readSome(Integer.MAX_VALUE).length == 0) {
				throw new EOFException("The stream ended instead of bringing an event");
			}
		}
		return this.parser.getEvents().get(this.nextEvent++);
	}

	/** Return what a browser would have made of the body so far. */
	public EventStreamParser received() {
		return this.parser;
	}

	/** Wait until the server drops the connection in the middle of the body. */
	public void awaitCut() throws IOException {
		assertThat(catchThrowable(this::readRest)).isInstanceOfAny(EOFException.class, SocketException.class);
	}

	/** Say that nothing more will be sent, but stay to read. */
	public void finish() throws IOException {
		this.socket.shutdownOutput();
	}

	/** Go away as a closed tab does. */
	public void closeByFin() throws IOException {
		this.socket.close();
	}

	/** Go away as a crashed client does: what the server sends is answered by a reset. */
	public void closeByRst() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/** Read what is there of the body, at least one byte; none at its end. */
	private byte[] readSome(int max) throws IOException {
		if (this.leftInChunk == 0 && !this.ended) {
			nextChunk();
		}
		if (this.ended) {
			return new byte[0];
		}
		byte[] bytes = new byte[Math.min(8192, Math.min(max, this.leftInChunk))];
		int read = this.in.read(bytes);
		if (read < 0) {
			endOfConnection();
			return new byte[0];
		}
		this.parser.feed(bytes, 0, read);
		if (this.chunked) {
			this.leftInChunk -= read;
			if (this.leftInChunk == 0) {
				assertThat(readLine()).isEmpty();
			}
		}
		return Arrays.copyOf(bytes, read);
	}

	private void nextChunk() throws IOException {
		this.leftInChunk = this.chunked ? Integer.parseInt(readLine(), 16) : Integer.MAX_VALUE;
		if (this.leftInChunk == 0) {
			this.ended = true;
			assertThat(readLine()).as("trailers").isEmpty();
		}
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		for (int b = readByte(); b != '\r'; b = readByte()) {
			line.write(b);
		}
		assertThat(readByte()).isEqualTo('\n');
		return line.toString(StandardCharsets.ISO_8859_1);
	}

	private int readByte() throws IOException {
		int b = this.in.read();
		if (b < 0) {
			throw new EOFException("The server has closed the connection");
		}
		return b;
	}

	private void endOfConnection() throws EOFException {
		if (this.chunked) {
			throw new EOFException("The server has closed the connection within the body");
		}
		this.ended = true;
	}

}
