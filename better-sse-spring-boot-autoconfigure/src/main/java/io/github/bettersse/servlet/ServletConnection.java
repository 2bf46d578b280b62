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
 * The response of a servlet request: written to by the request's own thread at first.
 * When its handler has returned, the connection is handed over where that is possible;
 * else the response becomes {@linkplain AsyncResponse asynchronous}. Keeps nothing of the
 * request and the response once it is handed over or has ended.
 */
final class ServletConnection implements Connection {

	private final Handshake handshake;

	private final ConnectionAborter aborter;

	private final ConnectionHandOver handOver;

	/** The request and the response, until they are handed over or given up. */
	private @Nullable HttpServletRequest request;

	private @Nullable HttpServletResponse response;

	/** The head, until it is out. */
	private @Nullable ResponseHead head;

	/** Until the handler has returned. */
	private @Nullable ServletOutputStream blocking;

	/** From when the handler has returned on. */
	private volatile @Nullable StreamOutput output;

	/** Whether the head is such that the connection can be handed over after it. */
	private boolean prepared;

	ServletConnection(HttpServletRequest request, HttpServletResponse response, ConnectionAborter aborter,
			ConnectionHandOver handOver) {
		this.handshake = ServletHandshake.of(request);
		this.aborter = aborter;
		this.handOver = handOver;
		this.request = request;
		this.response = response;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) throws IOException {
		HttpServletResponse response = stillThere(this.response);
		setHead(response, head);
		this.prepared = this.handOver.prepare(stillThere(this.request), response);
		this.head = head;
		this.blocking = response.getOutputStream();
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
		HttpServletRequest request = stillThere(this.request);
		HttpServletResponse response = stillThere(this.response);
		ServletOutputStream output = stillThere(this.blocking);
		letGo();
		StreamOutput handedOver = this.prepared ? this.handOver.handOver(request, response, listener) : null;
		if (handedOver != null) {
			this.output = handedOver;
			return;
		}
		AsyncResponse async = new AsyncResponse(listener, this.aborter);
		this.output = async;
		async.start(request, output);
	}

	@Override
	public boolean seemsReady() {
		StreamOutput output = this.output;
		return output != null && output.seemsReady();
	}

	@Override
	public boolean isReady() {
		StreamOutput output = this.output;
		return output == null || output.isReady();
	}

	@Override
	public void write(Frame frame) throws IOException {
		StreamOutput output = this.output;
		if (output != null) {
			output.write(frame);
		}
		else {
			write(frame, stillThere(this.blocking));
		}
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
		StreamOutput output = this.output;
		if (output != null) {
			output.flush();
			return;
		}
		// Not HttpServletResponse.flushBuffer(), which wrappers are known to swallow.
		stillThere(this.blocking).flush();
		ResponseHead head = this.head;
		if (head != null) {
			this.head = null;
			HeldBackResponse.check(stillThere(this.response), head, this.handshake);
		}
	}

	static <T> T stillThere(@Nullable T part) throws IOException {
		if (part == null) {
			throw new IOException("The connection has ended");
		}
		return part;
	}

	@Override
	public void close() {
		StreamOutput output = this.output;
		if (output != null) {
			output.close();
		}
		letGo();
	}

	@Override
	public void abort(@Nullable IOException failure) {
		StreamOutput output = this.output;
		if (output != null) {
			output.abort(failure);
		}
		letGo();
	}

	private void letGo() {
		this.request = null;
		this.response = null;
		this.blocking = null;
	}

}
