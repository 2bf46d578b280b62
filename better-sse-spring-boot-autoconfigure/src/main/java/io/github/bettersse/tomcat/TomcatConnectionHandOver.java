package io.github.bettersse.tomcat;

import java.util.Set;

import io.github.bettersse.Connection;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.SharedFrames;
import io.github.bettersse.servlet.StreamOutput;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.UpgradeToken;
import org.apache.tomcat.ContextBind;
import org.apache.tomcat.InstanceManager;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Hands connections over as Tomcat does for WebSocket, but after an ordinary response
 * with the status of the stream: over HTTP/1.1 and Tomcat's NIO connector, with or
 * without TLS. Thread-safe.
 * <p>
 * The body ends with the connection, since nobody writes chunks any more. What a filter
 * makes of the bytes of the body cannot be made of them either, so where the head says
 * that the body is encoded nothing is handed over.
 */
public final class TomcatConnectionHandOver implements ConnectionHandOver {

	private static final Set<Integer> STATUS_WITHOUT_BODY = Set.of(204, 205);

	private final @Nullable TomcatInternals internals;

	private final @Nullable SocketBuffers buffers;

	private final SharedFrames frames = new SharedFrames();

	/** Look for all that it takes. Where this Tomcat lacks it nothing is handed over. */
	public TomcatConnectionHandOver() {
		TomcatInternals internals = TomcatLookup.internals();
		this.internals = (internals != null)
				? TomcatLookup.find(() -> requireUpgrade(internals), "event streams stay asynchronous requests") : null;
		this.buffers = (this.internals != null) ? TomcatLookup.find(SocketBuffers::new,
				"the buffers that it has for the connections of event streams are not freed") : null;
	}

	private static TomcatInternals requireUpgrade(TomcatInternals internals) throws ReflectiveOperationException {
		NioSocket.requireMethods();
		UpgradeToken.class.getConstructor(HttpUpgradeHandler.class, ContextBind.class, InstanceManager.class,
				String.class);
		return internals;
	}

	@Override
	public boolean prepare(HttpServletRequest request, HttpServletResponse response) {
		Request coyoteRequest = findRequest(request);
		if (coyoteRequest == null || "HEAD".equals(coyoteRequest.getMethod())
				|| !isStream(coyoteRequest.getResponse())) {
			return false;
		}
		response.setHeader("Connection", "close");
		return true;
	}

	@Override
	public @Nullable StreamOutput handOver(HttpServletRequest request, HttpServletResponse response,
			Connection.Listener listener) {
		Request coyoteRequest = findRequest(request);
		if (coyoteRequest == null || !coyoteRequest.getResponse().isCommitted()
				|| !isStream(coyoteRequest.getResponse())) {
			return null;
		}
		HandedOverSocket socket = new HandedOverSocket(listener, this.frames, this.buffers);
		coyoteRequest.action(ActionCode.UPGRADE, new UpgradeToken(socket, null, null, "text/event-stream"));
		return socket;
	}

	/** Return the request if its connection is one that Tomcat can hand over. */
	private @Nullable Request findRequest(HttpServletRequest request) {
		if (this.internals == null || request.isAsyncStarted() || request.getDispatcherType() == DispatcherType.ASYNC) {
			return null;
		}
		Request coyoteRequest = this.internals.getCoyoteRequest(request);
		return (coyoteRequest != null && coyoteRequest.protocol().equals("HTTP/1.1")
				&& this.internals.getSocket(coyoteRequest) instanceof NioSocketWrapper) ? coyoteRequest : null;
	}

	/** Return whether the head promises plain bytes, as many as come. */
	private static boolean isStream(Response response) {
		MimeHeaders head = response.getMimeHeaders();
		int status = response.getStatus();
		return status >= 200 && status < 300 && !STATUS_WITHOUT_BODY.contains(status)
				&& response.getContentLengthLong() < 0 && head.getHeader("Content-Encoding") == null
				&& head.getHeader("Transfer-Encoding") == null;
	}

}
