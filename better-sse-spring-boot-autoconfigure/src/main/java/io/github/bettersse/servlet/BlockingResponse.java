package io.github.bettersse.servlet;

import java.io.IOException;

import io.github.bettersse.Connection.Listener;
import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.event.Frame;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A response while its request's thread runs the handler and writes by itself, which may
 * have to wait for the client. For that thread alone. Keeps nothing of the request and
 * the response once the handler has returned or the connection has ended.
 */
final class BlockingResponse implements StreamOutput {

	private final Handshake handshake;

	private final ConnectionAborter aborter;

	private final ConnectionHandOver handOver;

	private @Nullable HttpServletRequest request;

	private @Nullable HttpServletResponse response;

	private @Nullable ServletOutputStream output;

	/** The head, until it is out. */
	private @Nullable ResponseHead head;

	/** Whether the head is such that the connection can be handed over after it. */
	private boolean prepared;

	BlockingResponse(Handshake handshake, HttpServletRequest request, HttpServletResponse response,
			ConnectionAborter aborter, ConnectionHandOver handOver) {
		this.handshake = handshake;
		this.request = request;
		this.response = response;
		this.aborter = aborter;
		this.handOver = handOver;
	}

	void open(ResponseHead head) throws IOException {
		HttpServletResponse response = ServletConnection.stillThere(this.response);
		ServletConnection.setHead(response, head);
		this.prepared = this.handOver.prepare(ServletConnection.stillThere(this.request), response);
		this.head = head;
		this.output = response.getOutputStream();
	}

	/**
	 * Let all threads write from now on: on the connection where that can be handed over,
	 * else to an asynchronous response.
	 * @param connection is told where to write before anybody is told to write
	 */
	void start(Listener listener, ServletConnection connection) throws IOException {
		HttpServletRequest request = ServletConnection.stillThere(this.request);
		HttpServletResponse response = ServletConnection.stillThere(this.response);
		ServletOutputStream output = ServletConnection.stillThere(this.output);
		letGo();
		StreamOutput handedOver = this.prepared ? this.handOver.handOver(request, response, listener) : null;
		if (handedOver != null) {
			connection.writeTo(handedOver);
			return;
		}
		AsyncResponse async = new AsyncResponse(listener, this.aborter);
		connection.writeTo(async);
		async.start(request, output);
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public boolean seemsReady() {
		return false;
	}

	@Override
	public void write(Frame frame) throws IOException {
		ServletConnection.write(frame, ServletConnection.stillThere(this.output));
	}

	@Override
	public void flush() throws IOException {
		// Not HttpServletResponse.flushBuffer(), which wrappers are known to swallow.
		ServletConnection.stillThere(this.output).flush();
		ResponseHead head = this.head;
		if (head != null) {
			this.head = null;
			HeldBackResponse.check(ServletConnection.stillThere(this.response), head, this.handshake);
		}
	}

	@Override
	public void close() {
		letGo();
	}

	@Override
	public void abort(@Nullable IOException failure) {
		letGo();
	}

	private void letGo() {
		this.request = null;
		this.response = null;
		this.output = null;
	}

}
