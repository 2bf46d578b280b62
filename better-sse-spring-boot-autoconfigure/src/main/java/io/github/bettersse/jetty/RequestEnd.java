package io.github.bettersse.jetty;

import org.eclipse.jetty.server.HttpStream;

/**
 * Tells a stream that its request has ended. By then the connection is the stream's, or
 * will never be.
 */
final class RequestEnd extends HttpStream.Wrapper {

	private final JettyStream stream;

	RequestEnd(HttpStream request, JettyStream stream) {
		super(request);
		this.stream = stream;
	}

	@Override
	public void succeeded() {
		super.succeeded();
		this.stream.onRequestEnd();
	}

	@Override
	public void failed(Throwable failure) {
		super.failed(failure);
		this.stream.onRequestEnd();
	}

}
