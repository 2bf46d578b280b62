package io.github.bettersse.jetty;

import io.github.bettersse.Connection;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.SharedFrames;
import io.github.bettersse.servlet.StreamOutput;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.ee11.servlet.ServletApiResponse;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Hands connections over as Jetty does for WebSocket, but after an ordinary response with
 * the status of the stream: over HTTP/1.1, with or without TLS. Thread-safe.
 * <p>
 * The body ends with the connection, since nobody writes chunks any more. What a handler
 * or filter makes of the bytes of the body cannot be made of them either, so where the
 * head says that the body is encoded nothing is handed over.
 */
public final class JettyConnectionHandOver implements ConnectionHandOver {

	private final SharedFrames frames = new SharedFrames();

	/** Create one for all servers. */
	public JettyConnectionHandOver() {
	}

	@Override
	public boolean prepare(HttpServletRequest request, HttpServletResponse response) {
		if (findRequest(request) == null || request.getMethod().equals("HEAD") || !isStream(findResponse(response))) {
			return false;
		}
		response.setHeader("Connection", "close");
		return true;
	}

	@Override
	public @Nullable StreamOutput handOver(HttpServletRequest request, HttpServletResponse response,
			Connection.Listener listener) {
		Request jettyRequest = findRequest(request);
		ServletApiResponse jettyResponse = findResponse(response);
		if (jettyRequest == null || jettyResponse == null || !jettyResponse.isCommitted() || !isStream(jettyResponse)) {
			return null;
		}
		EndPoint endPoint = jettyRequest.getConnectionMetaData().getConnection().getEndPoint();
		SocketChannelEndPoint channel = findChannel(endPoint);
		if (channel == null) {
			return null;
		}
		JettyStream stream = new JettyStream(listener, this.frames, endPoint, channel);
		jettyRequest.addHttpStreamWrapper((httpStream) -> new RequestEnd(httpStream, stream));
		jettyRequest.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
				stream.asConnection(jettyRequest.getConnectionMetaData().getConnector()));
		return stream;
	}

	/** Return the request if its connection is one that Jetty can hand over. */
	private static @Nullable Request findRequest(HttpServletRequest request) {
		if (request.isAsyncStarted() || request.getDispatcherType() == DispatcherType.ASYNC) {
			return null;
		}
		ServletRequest unwrapped = request;
		while (unwrapped instanceof ServletRequestWrapper wrapper) {
			unwrapped = wrapper.getRequest();
		}
		if (!(unwrapped instanceof ServletApiRequest jettyRequest)) {
			return null;
		}
		Request innermost = Request.unWrap(jettyRequest.getRequest());
		return (innermost.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
				&& findChannel(innermost.getConnectionMetaData().getConnection().getEndPoint()) != null) ? innermost
						: null;
	}

	/** Return the end of a connection itself, or what is below TLS. */
	private static @Nullable SocketChannelEndPoint findChannel(EndPoint endPoint) {
		EndPoint below = (endPoint instanceof SslEndPoint ssl) ? ssl.getSslConnection().getEndPoint() : endPoint;
		return (below instanceof SocketChannelEndPoint channel) ? channel : null;
	}

	private static @Nullable ServletApiResponse findResponse(HttpServletResponse response) {
		ServletResponse unwrapped = response;
		while (unwrapped instanceof ServletResponseWrapper wrapper) {
			unwrapped = wrapper.getResponse();
		}
		return (unwrapped instanceof ServletApiResponse jettyResponse) ? jettyResponse : null;
	}

	/** Return whether the head promises plain bytes, as many as come. */
	private static boolean isStream(@Nullable ServletApiResponse response) {
		return response != null && response.getStatus() >= 200 && response.getStatus() < 300
				&& response.getStatus() != 204 && response.getStatus() != 205
				&& response.getHeader("Content-Length") == null && response.getHeader("Content-Encoding") == null
				&& response.getHeader("Transfer-Encoding") == null && response.getTrailerFields() == null;
	}

}
