package io.github.bettersse.servlet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler.Wrapper;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A bare Jetty.
 */
final class JettyServer implements ServletServer {

	private final Server server = new Server();

	private final ServerConnector connector;

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger errorPageHits = new AtomicInteger();

	private JettyServer(Duration idleTimeout, Handler handler) throws Exception {
		HttpConfiguration configuration = new HttpConfiguration();
		configuration.setSendServerVersion(false);
		this.connector = new ServerConnector(this.server, new HttpConnectionFactory(configuration));
		this.connector.setHost("127.0.0.1");
		this.connector.setIdleTimeout(idleTimeout.toMillis());
		this.server.addConnector(this.connector);
		ServletContextHandler context = new ServletContextHandler();
		context.addServlet(asynchronous(handler), "/*");
		context.addServlet(
				new ServletHolder(((Handler) (request, response) -> this.errorPageHits.incrementAndGet()).asServlet()),
				"/error");
		ErrorPageErrorHandler errorHandler = new ErrorPageErrorHandler();
		errorHandler.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, "/error");
		context.setErrorHandler(errorHandler);
		this.server.setHandler(new Wrapper(context) {
			@Override
			public boolean handle(Request request, Response response, Callback callback) throws Exception {
				JettyServer.this.requests.incrementAndGet();
				return super.handle(request, response,
						Callback.from(callback, JettyServer.this.requests::decrementAndGet));
			}
		});
		this.server.start();
	}

	private static ServletHolder asynchronous(Handler handler) {
		ServletHolder holder = new ServletHolder(handler.asServlet());
		holder.setAsyncSupported(true);
		return holder;
	}

	static JettyServer start(Handler handler) throws Exception {
		return new JettyServer(Duration.ofSeconds(30), handler);
	}

	static JettyServer startImpatient(Handler handler) throws Exception {
		return new JettyServer(Duration.ofMillis(500), handler);
	}

	ServerConnector connector() {
		return this.connector;
	}

	@Override
	public long connections() {
		return this.connector.getConnectedEndPoints().size();
	}

	@Override
	public void stopConnector() throws Exception {
		this.connector.stop();
	}

	@Override
	public int port() {
		return this.connector.getLocalPort();
	}

	@Override
	public int errorPageHits() {
		return this.errorPageHits.get();
	}

	@Override
	public long asyncRequests() {
		return this.requests.get();
	}

	@Override
	public void close() throws Exception {
		this.server.stop();
	}

}
