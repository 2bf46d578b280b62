package io.github.bettersse.jetty;

import java.util.function.Function;
import java.util.function.Predicate;

import io.github.bettersse.Connection;
import io.github.bettersse.servlet.ContainerHandOver;
import io.github.bettersse.servlet.SharedFrames;
import io.github.bettersse.servlet.StreamOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee11.servlet.ServletApiRequest;
import org.eclipse.jetty.ee11.servlet.ServletApiResponse;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection.SslEndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Hands connections over on Jetty: over HTTP/1.1, with or without TLS. Thread-safe.
 */
public final class JettyConnectionHandOver extends ContainerHandOver {

	private final SharedFrames frames = new SharedFrames();

	/** Create one for all servers. */
	public JettyConnectionHandOver() {
	}

	@Override
	protected @Nullable Function<Connection.Listener, StreamOutput> findConnection(HttpServletRequest request,
			Predicate<HttpServletResponse> head) {
		if (!(request instanceof ServletApiRequest own)) {
			return null;
		}
		ServletApiResponse response = own.getServletRequestInfo()
			.getServletChannel()
			.getServletContextResponse()
			.getServletApiResponse();
		Request innermost = Request.unWrap(own.getRequest());
		ConnectionMetaData connection = innermost.getConnectionMetaData();
		EndPoint endPoint = connection.getConnection().getEndPoint();
		// The connection itself, or what is below TLS.
		EndPoint below = (endPoint instanceof SslEndPoint ssl) ? ssl.getSslConnection().getEndPoint() : endPoint;
		return (connection.getHttpVersion() == HttpVersion.HTTP_1_1 && below instanceof SocketChannelEndPoint channel
				&& response.getTrailerFields() == null && head.test(response))
						? (listener) -> take(innermost, new JettyStream(listener, this.frames, endPoint, channel))
						: null;
	}

	private static StreamOutput take(Request request, JettyStream stream) {
		request.addHttpStreamWrapper((httpStream) -> new RequestEnd(httpStream, stream));
		request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
				stream.asConnection(request.getConnectionMetaData().getConnector()));
		return stream;
	}

}
