package io.github.bettersse.servlet;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.bettersse.Connection;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Hands connections over as containers do for WebSocket, but after an ordinary response
 * with the status of the stream: what is the same in all of them. Thread-safe.
 * <p>
 * The body ends with the connection, since nobody writes chunks any more. What a handler
 * or filter makes of the bytes of the body cannot be made of them either, so where the
 * head says that the body is encoded nothing is handed over.
 */
public abstract class ContainerHandOver implements ConnectionHandOver {

	private static final Set<Integer> STATUS_WITHOUT_BODY = Set.of(204, 205);

	@Override
	public final boolean prepare(HttpServletRequest request, HttpServletResponse response) {
		if (find(request, ContainerHandOver::isStream) == null) {
			return false;
		}
		response.setHeader("Connection", "close");
		return true;
	}

	@Override
	public final @Nullable StreamOutput handOver(HttpServletRequest request, HttpServletResponse response,
			Connection.Listener listener) {
		Function<Connection.Listener, StreamOutput> connection = find(request,
				(head) -> head.isCommitted() && isStream(head));
		return (connection != null) ? connection.apply(listener) : null;
	}

	private @Nullable Function<Connection.Listener, StreamOutput> find(HttpServletRequest request,
			Predicate<HttpServletResponse> head) {
		if (request.isAsyncStarted() || request.getDispatcherType() == DispatcherType.ASYNC) {
			return null;
		}
		ServletRequest own = request;
		while (own instanceof ServletRequestWrapper wrapper) {
			own = wrapper.getRequest();
		}
		return (own instanceof HttpServletRequest http && !http.getMethod().equals("HEAD")) ? findConnection(http, head)
				: null;
	}

	/**
	 * Look for the connection of a request, if it is one that the container can hand
	 * over. Called up to twice per request.
	 * @param request the request, without what was wrapped around it
	 * @param head whether the container's response is such that it can be handed over
	 * @return takes the connection, {@code null} if it cannot be taken
	 */
	protected abstract @Nullable Function<Connection.Listener, StreamOutput> findConnection(HttpServletRequest request,
			Predicate<HttpServletResponse> head);

	/** Return whether the head promises plain bytes, as many as come. */
	private static boolean isStream(HttpServletResponse response) {
		int status = response.getStatus();
		return status >= 200 && status < 300 && !STATUS_WITHOUT_BODY.contains(status)
				&& Stream.of("Content-Length", "Content-Encoding", "Transfer-Encoding")
					.allMatch((name) -> response.getHeader(name) == null);
	}

}
