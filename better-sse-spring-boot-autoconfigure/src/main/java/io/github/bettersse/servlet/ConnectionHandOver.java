package io.github.bettersse.servlet;

import java.util.List;
import java.util.Objects;

import io.github.bettersse.Connection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What it takes of a container, beyond the Servlet API, to let a stream have the
 * connection of its client to itself, so that the request can end when its handler has
 * returned. Implementations are thread-safe.
 */
public interface ConnectionHandOver {

	/**
	 * Decide, before the head is committed, whether the connection can be handed over
	 * after it, and if so write into the head what that takes: its body ends with the
	 * connection. Called at most once per request, by its own thread.
	 * @param request the request, as the servlet got it
	 * @param response the response, with its status and headers set
	 * @return false if the request has to become asynchronous
	 */
	boolean prepare(HttpServletRequest request, HttpServletResponse response);

	/**
	 * Take the connection, at the end of the handler of a request that was prepared. The
	 * head and what the handler has sent are out. Nobody writes until the request has
	 * ended: the output is not ready, and its listener is told when it is. If the request
	 * ends in any other way, the listener is told that the connection has. Called at most
	 * once per request, by its own thread.
	 * @param request the request, as the servlet got it
	 * @param response its response
	 * @param listener to call from then on
	 * @return where to write to, {@code null} if the connection cannot be handed over
	 * after all and the request has to become asynchronous, with the head as it is
	 */
	@Nullable StreamOutput handOver(HttpServletRequest request, HttpServletResponse response, Connection.Listener listener);

	/**
	 * Combine what is there for several containers.
	 * @param handOvers each takes the requests of its own container alone
	 * @return one that asks them in this order
	 */
	static ConnectionHandOver anyOf(List<? extends ConnectionHandOver> handOvers) {
		return new ConnectionHandOver() {

			@Override
			public boolean prepare(HttpServletRequest request, HttpServletResponse response) {
				return handOvers.stream().anyMatch((handOver) -> handOver.prepare(request, response));
			}

			@Override
			public @Nullable StreamOutput handOver(HttpServletRequest request, HttpServletResponse response,
					Connection.Listener listener) {
				return handOvers.stream()
					.map((handOver) -> handOver.handOver(request, response, listener))
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null);
			}

		};
	}

	/**
	 * Return what hands nothing over.
	 * @return one with which every request becomes asynchronous
	 */
	static ConnectionHandOver none() {
		return anyOf(List.of());
	}

}
