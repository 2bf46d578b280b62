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
 * The response of a servlet request: written to by the request's own thread at first,
 * {@linkplain AsyncResponse asynchronous} later. Keeps nothing of the request and the
 * response once it has ended.
 */
final class ServletConnection implements Connection {

	private final Handshake handshake;

	private final ConnectionAborter aborter;

	/** The request and the response, until they are handed over or given up. */
	private @Nullable HttpServletRequest request;

	private @Nullable HttpServletResponse response;

	private volatile @Nullable ServletOutputStream output;

	private volatile @Nullable AsyncResponse async;

	ServletConnection(HttpServletRequest request, HttpServletResponse response, ConnectionAborter aborter) {
		this.handshake = ServletHandshake.of(request);
		this.aborter = aborter;
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
		this.output = response.getOutputStream();
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
		ServletOutputStream output = stillThere(this.output);
		AsyncResponse async = new AsyncResponse(listener, this.aborter);
		this.async = async;
		letGo();
		async.start(request, output);
	}

	@Override
	public boolean isReady() {
		AsyncResponse async = this.async;
		return async == null || async.isReady();
	}

	@Override
	public void write(Frame frame) throws IOException {
		frame.writeTo(output());
	}

	@Override
	public void flush() throws IOException {
		// Not HttpServletResponse.flushBuffer(), which wrappers are known to swallow.
		output().flush();
	}

	private ServletOutputStream output() throws IOException {
		AsyncResponse async = this.async;
		return stillThere((async != null) ? async.output() : this.output);
	}

	private static <T> T stillThere(@Nullable T part) throws IOException {
		if (part == null) {
			throw new IOException("The connection has ended");
		}
		return part;
	}

	@Override
	public void close() {
		AsyncResponse async = this.async;
		if (async != null) {
			async.complete();
		}
		letGo();
	}

	@Override
	public void abort(@Nullable IOException failure) {
		AsyncResponse async = this.async;
		if (async != null) {
			if (failure != null) {
				async.awaitError();
			}
			else {
				async.abort();
			}
		}
		letGo();
	}

	private void letGo() {
		this.request = null;
		this.response = null;
		this.output = null;
	}

}
