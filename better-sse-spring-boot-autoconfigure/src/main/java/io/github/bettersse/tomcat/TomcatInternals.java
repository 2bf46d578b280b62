package io.github.bettersse.tomcat;

import java.lang.reflect.Field;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.RequestFacade;
import org.apache.coyote.AbstractProcessor;
import org.apache.coyote.ActionHook;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * The way from a request to what Tomcat keeps behind it. Thread-safe.
 */
final class TomcatInternals {

	private final Field requestOfFacade;

	private final Field hookOfRequest;

	private final Field socketOfProcessor;

	private final Field lockOfStreamProcessor;

	private final Class<?> processorOfHttp11 = Http11Processor.class;

	/**
	 * Look for all the steps of the way.
	 * @throws ReflectiveOperationException if this Tomcat has another shape
	 */
	TomcatInternals() throws ReflectiveOperationException {
		this.requestOfFacade = find(RequestFacade.class, "request", Request.class);
		this.hookOfRequest = find(org.apache.coyote.Request.class, "hook", ActionHook.class);
		this.socketOfProcessor = find(AbstractProcessor.class, "socketWrapper", SocketWrapperBase.class);
		this.lockOfStreamProcessor = find(Class.forName("org.apache.coyote.http2.StreamProcessor"), "processLock",
				Lock.class);
	}

	static Field find(Class<?> owner, String name, Class<?> type) throws ReflectiveOperationException {
		Field field = owner.getDeclaredField(name);
		if (field.getType() != type) {
			throw new NoSuchFieldException(field + " is not of " + type);
		}
		field.setAccessible(true);
		return field;
	}

	/**
	 * Unwrap a request.
	 * @param request the request, as the servlet got it
	 * @return the innermost request, {@code null} if it is not Tomcat's
	 */
	@Nullable Request getRequest(HttpServletRequest request) {
		ServletRequest unwrapped = request;
		while (unwrapped instanceof ServletRequestWrapper wrapper) {
			unwrapped = wrapper.getRequest();
		}
		if (unwrapped instanceof RequestFacade && get(this.requestOfFacade, unwrapped) instanceof Request inner) {
			return inner;
		}
		return null;
	}

	/**
	 * Return the lock under which Tomcat processes the events of a request: that of the
	 * socket over HTTP/1.1, that of the stream over HTTP/2.
	 * @param request the request, as the servlet got it
	 * @return the lock, {@code null} if it is not known
	 */
	@Nullable ReentrantLock getEventLock(HttpServletRequest request) {
		Request inner = getRequest(request);
		SocketWrapperBase<?> socket = (inner != null) ? getSocket(inner) : null;
		if (socket != null) {
			return socket.getLock();
		}
		Object processor = (inner != null) ? get(this.hookOfRequest, inner.getCoyoteRequest()) : null;
		if (this.lockOfStreamProcessor.getDeclaringClass().isInstance(processor)
				&& get(this.lockOfStreamProcessor, processor) instanceof ReentrantLock lock) {
			return lock;
		}
		return null;
	}

	/**
	 * Return the connection that a request has to itself.
	 * @param inner the innermost request
	 * @return the connection, {@code null} if the request did not come over HTTP/1.x
	 */
	@Nullable SocketWrapperBase<?> getSocket(Request inner) {
		Object processor = get(this.hookOfRequest, inner.getCoyoteRequest());
		return this.processorOfHttp11.isInstance(processor)
				? (SocketWrapperBase<?>) get(this.socketOfProcessor, processor) : null;
	}

	private static @Nullable Object get(Field field, Object owner) {
		try {
			return field.get(owner);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
