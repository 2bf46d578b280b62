package io.github.bettersse.tomcat;

import java.util.function.Function;
import java.util.function.Predicate;

import io.github.bettersse.Connection;
import io.github.bettersse.servlet.ContainerHandOver;
import io.github.bettersse.servlet.SharedFrames;
import io.github.bettersse.servlet.StreamOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.apache.coyote.UpgradeToken;
import org.apache.tomcat.ContextBind;
import org.apache.tomcat.InstanceManager;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Hands connections over on Tomcat: over HTTP/1.1 and its NIO connector, with or without
 * TLS. Thread-safe.
 */
public final class TomcatConnectionHandOver extends ContainerHandOver {

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
	protected @Nullable Function<Connection.Listener, StreamOutput> findConnection(HttpServletRequest request,
			Predicate<HttpServletResponse> head) {
		if (this.internals == null) {
			return null;
		}
		Request own = this.internals.getRequest(request);
		return (own != null && own.getProtocol().equals("HTTP/1.1")
				&& this.internals.getSocket(own) instanceof NioSocketWrapper && head.test(own.getResponse()))
						? (listener) -> take(own, listener) : null;
	}

	private StreamOutput take(Request request, Connection.Listener listener) {
		HandedOverSocket socket = new HandedOverSocket(listener, this.frames, this.buffers);
		request.getCoyoteRequest()
			.action(ActionCode.UPGRADE, new UpgradeToken(socket, null, null, "text/event-stream"));
		return socket;
	}

}
