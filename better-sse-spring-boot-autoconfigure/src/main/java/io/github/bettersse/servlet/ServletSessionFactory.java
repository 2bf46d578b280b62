package io.github.bettersse.servlet;

import java.io.IOException;
import java.util.List;

import io.github.bettersse.Session;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Opens sessions in servlets and filters. Thread-safe.
 * <p>
 * The stream goes on without a thread when the servlet returns, either on an asynchronous
 * request or on a connection that the container has {@linkplain ConnectionHandOver handed
 * over}; the servlet must neither write to the response nor complete the request itself.
 * The servlet, and each filter before it, has to be registered with support for
 * asynchronous requests.
 */
public final class ServletSessionFactory {

	/**
	 * The attribute of a request by which Spring's filter for ETags holds nothing back,
	 * as {@code ShallowEtagHeaderFilter.disableContentCaching} sets it. Spring may be
	 * absent here.
	 */
	private static final String NO_ETAG = "org.springframework.web.filter.ShallowEtagHeaderFilter.STREAMING";

	private final SessionFactory sessionFactory;

	private final ConnectionAborter aborter;

	private final ConnectionHandOver handOver;

	private final List<ServletSessionListener> listeners;

	/**
	 * Create a factory for any container.
	 * @param sessionFactory opens the sessions
	 */
	public ServletSessionFactory(SessionFactory sessionFactory) {
		this(sessionFactory, ConnectionAborter.none());
	}

	/**
	 * Create a factory whose sessions stay asynchronous requests.
	 * @param sessionFactory opens the sessions
	 * @param aborter cuts connections whose clients do not read
	 */
	public ServletSessionFactory(SessionFactory sessionFactory, ConnectionAborter aborter) {
		this(sessionFactory, aborter, ConnectionHandOver.none(), List.of());
	}

	/**
	 * Create a factory whose sessions others hear of.
	 * @param sessionFactory opens the sessions
	 * @param aborter cuts connections of asynchronous requests whose clients do not read
	 * @param handOver takes connections out of their requests, where it can
	 * @param listeners hear of each session, in this order
	 */
	public ServletSessionFactory(SessionFactory sessionFactory, ConnectionAborter aborter, ConnectionHandOver handOver,
			List<ServletSessionListener> listeners) {
		this.sessionFactory = sessionFactory;
		this.aborter = aborter;
		this.handOver = handOver;
		this.listeners = List.copyOf(listeners);
	}

	/**
	 * Open a session at once: its head and preamble are sent on the calling thread, which
	 * may have to wait for the client. From then on no thread is held. The session of a
	 * {@code HEAD} request ends with its head.
	 * @param request the request, in the thread that the container serves it with
	 * @param response its response, with nothing sent yet
	 * @param options what differs from the defaults
	 * @param <S> the type of the session's state
	 * @return the session; it has ended already, and the client was answered, if the
	 * server takes no sessions now or a {@linkplain io.github.bettersse.SseLimits limit}
	 * is reached
	 * @throws IllegalStateException if the request cannot be asynchronous, or the
	 * response is committed
	 */
	public <S> Session<S> open(HttpServletRequest request, HttpServletResponse response, SessionOptions<S> options) {
		SessionOpening<S> opening = prepare(request, response, options);
		opening.complete();
		Session<S> session = opening.getSession();
		if ("HEAD".equals(request.getMethod())) {
			session.close();
		}
		return session;
	}

	/**
	 * Prepare a session whose handler is about to run: for web frameworks. Nothing is
	 * sent before the handler pushes or {@link SessionOpening#complete()} is called.
	 * @param request the request, in the thread that the container serves it with
	 * @param response its response, with nothing sent yet
	 * @param options what differs from the defaults
	 * @param <S> the type of the session's state
	 * @return the opening
	 * @throws IllegalStateException if the request cannot be asynchronous, or the
	 * response is committed
	 */
	public <S> SessionOpening<S> prepare(HttpServletRequest request, HttpServletResponse response,
			SessionOptions<S> options) {
		SessionOpening<S> opening = this.sessionFactory.prepare(connect(request, response), options);
		if (opening.getSession().isConnected()) {
			tell(request, opening);
		}
		return opening;
	}

	private void tell(HttpServletRequest request, SessionOpening<?> opening) {
		try {
			this.listeners.forEach((listener) -> listener.onOpening(request, opening.getSession()));
		}
		catch (RuntimeException | Error ex) {
			opening.refuse();
			throw ex;
		}
	}

	/**
	 * Answer a {@code HEAD} request as a session would, without one: for web frameworks.
	 * @param response the response, with nothing sent yet
	 * @param options what differs from the defaults
	 * @throws IOException if the client has gone
	 */
	public void sendHead(HttpServletResponse response, SessionOptions<?> options) throws IOException {
		ServletConnection.setHead(response, this.sessionFactory.getHead(options));
		response.getOutputStream().flush();
	}

	private ServletConnection connect(HttpServletRequest request, HttpServletResponse response) {
		if (!request.isAsyncSupported()) {
			throw new IllegalStateException("The request for " + request.getRequestURI() + " cannot be asynchronous, "
					+ "as an event stream has to be. Set asyncSupported to true for the servlet that handles it "
					+ "and for every filter it passes: in @WebServlet or @WebFilter, with "
					+ "setAsyncSupported(true) of the ServletRegistrationBean or FilterRegistrationBean, or with "
					+ "<async-supported> in web.xml.");
		}
		if (response.isCommitted()) {
			throw new IllegalStateException("The response to " + request.getRequestURI()
					+ " is committed: no event stream can be opened on it any more.");
		}
		request.setAttribute(NO_ETAG, true);
		return new ServletConnection(request, response, this.aborter, this.handOver);
	}

}
