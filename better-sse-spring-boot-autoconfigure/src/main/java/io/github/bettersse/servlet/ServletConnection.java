package io.github.bettersse.servlet;

import java.io.IOException;
import java.util.List;

import io.github.bettersse.Connection;
import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.event.Frame;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The response of a servlet request: {@linkplain BlockingResponse written to} by the
 * request's own thread at first. When its handler has returned, the connection is handed
 * over where that is possible; else the response becomes {@linkplain AsyncResponse
 * asynchronous}.
 */
final class ServletConnection implements Connection {

	private final Handshake handshake;

	/** Until the handler has returned. */
	private @Nullable BlockingResponse blocking;

	/** The same at first. */
	private volatile StreamOutput output;

	ServletConnection(HttpServletRequest request, HttpServletResponse response, ConnectionAborter aborter,
			ConnectionHandOver handOver) {
		this.handshake = ServletHandshake.of(request);
		BlockingResponse blocking = new BlockingResponse(this.handshake, request, response, aborter, handOver);
		this.blocking = blocking;
		this.output = blocking;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) throws IOException {
		stillThere(this.blocking).open(head);
	}

	static void setHead(HttpServletResponse response, ResponseHead head) {
		response.setStatus(head.status());
		response.setContentType("text/event-stream");
		head.headers().forEach((name, values) -> setHeader(response, name, values));
	}

	private static void setHeader(HttpServletResponse response, String name, List<String> values) {
		response.setHeader(name, values.isEmpty() ? null : values.get(0));
		values.stream().skip(1).forEach((value) -> response.addHeader(name, value));
	}

	@Override
	public void start(Listener listener) throws IOException {
		BlockingResponse blocking = stillThere(this.blocking);
		this.blocking = null;
		blocking.start(listener, this);
	}

	/** Write there from now on. */
	void writeTo(StreamOutput output) {
		this.output = output;
	}

	@Override
	public boolean seemsReady() {
		return this.output.seemsReady();
	}

	@Override
	public boolean isReady() {
		return this.output.isReady();
	}

	@Override
	public boolean retry() {
		return this.output.retry();
	}

	@Override
	public void write(Frame frame) throws IOException {
		this.output.write(frame);
	}

	/**
	 * Write past the buffer of the container where that is possible: once it has one for
	 * a response, Jetty keeps it, 32 KB, as long as the stream is open.
	 */
	static void write(Frame frame, ServletOutputStream output) throws IOException {
		if (output.isReady()) {
			output.write(frame.asByteBuffer());
		}
		else {
			frame.writeTo(output);
		}
	}

	@Override
	public void flush() throws IOException {
		this.output.flush();
	}

	static <T> T stillThere(@Nullable T part) throws IOException {
		if (part == null) {
			throw new IOException("The connection has ended");
		}
		return part;
	}

	@Override
	public void close() {
		this.output.close();
	}

	@Override
	public void abort(@Nullable IOException failure) {
		this.output.abort(failure);
	}

}
