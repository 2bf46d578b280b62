package io.github.bettersse.tomcat;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.bettersse.servlet.ConnectionAborter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections of Tomcat, by the event with which Tomcat itself ends a connection
 * whose write has timed out. Thread-safe.
 * <p>
 * The event is only noted here. Tomcat processes the events that a task of
 * {@code AsyncContext.start(..)} has noted when the task returns, under the lock of the
 * socket. To report an error from any other thread instead ({@code CLOSE_NOW}) would
 * change the state of a request under the hands of a container thread.
 */
public final class TomcatConnectionAborter implements ConnectionAborter {

	private final @Nullable TomcatInternals internals = TomcatLookup.internals();

	@Override
	public boolean supports(HttpServletRequest request) {
		return this.internals != null && this.internals.getRequest(request) != null;
	}

	@Override
	public boolean abort(HttpServletRequest request) {
		Request inner = (this.internals != null) ? this.internals.getRequest(request) : null;
		if (inner == null) {
			return false;
		}
		inner.getCoyoteRequest()
			.setAttribute(RequestDispatcher.ERROR_EXCEPTION,
					new IOException("The connection was cut: its client does not read"));
		inner.getCoyoteRequest().action(ActionCode.DISPATCH_ERROR, null);
		return true;
	}

	@Override
	public ReentrantLock getEventLock(HttpServletRequest request) {
		ReentrantLock lock = (this.internals != null) ? this.internals.getEventLock(request) : null;
		return (lock != null) ? lock : new ReentrantLock();
	}

}
