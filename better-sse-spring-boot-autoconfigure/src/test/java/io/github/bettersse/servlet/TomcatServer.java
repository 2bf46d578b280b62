package io.github.bettersse.servlet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/**
 * A bare Tomcat with one servlet for all paths and an error page that counts its visits.
 */
final class TomcatServer implements AutoCloseable {

	private final Tomcat tomcat = new Tomcat();

	private final StandardContext context;

	private final AtomicInteger errorPageHits = new AtomicInteger();

	private TomcatServer(Path directory, boolean asyncSupported, long asyncTimeout, Handler handler)
			throws LifecycleException {
		this.tomcat.setSilent(true);
		this.tomcat.setBaseDir(directory.toString());
		this.tomcat.setPort(0);
		this.tomcat.getConnector().setAsyncTimeout(asyncTimeout);
		this.tomcat.getConnector().setProperty("relaxedPathChars", "[]");
		this.tomcat.getConnector().setProperty("relaxedQueryChars", "[]|^");
		this.tomcat.getConnector().setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
		this.context = (StandardContext) this.tomcat.addContext("", directory.toString());
		this.context.setClearReferencesThreadLocals(false);
		this.context.setClearReferencesRmiTargets(false);
		Tomcat.addServlet(this.context, "events", new HttpServlet() {
			@Override
			protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
				handler.handle(request, response);
			}
		}).setAsyncSupported(asyncSupported);
		this.context.addServletMappingDecoded("/*", "events");
		Tomcat.addServlet(this.context, "error", new HttpServlet() {
			@Override
			protected void service(HttpServletRequest request, HttpServletResponse response) {
				TomcatServer.this.errorPageHits.incrementAndGet();
			}
		});
		this.context.addServletMappingDecoded("/error", "error");
		ErrorPage errorPage = new ErrorPage();
		errorPage.setLocation("/error");
		this.context.addErrorPage(errorPage);
		this.tomcat.start();
	}

	static TomcatServer start(Path directory, Handler handler) throws LifecycleException {
		return new TomcatServer(directory, true, 30_000, handler);
	}

	static TomcatServer startWithoutAsyncSupport(Path directory, Handler handler) throws LifecycleException {
		return new TomcatServer(directory, false, 30_000, handler);
	}

	/** Start a server that ends asynchronous requests after a millisecond by default. */
	static TomcatServer startWithAsyncTimeout(Path directory, Handler handler) throws LifecycleException {
		return new TomcatServer(directory, true, 1, handler);
	}

	int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	int errorPageHits() {
		return this.errorPageHits.get();
	}

	/** Return how many requests Tomcat takes for asynchronous and not ended. */
	long asyncRequests() {
		return this.context.getInProgressAsyncCount();
	}

	void stopApplication() throws LifecycleException {
		this.context.stop();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

	@FunctionalInterface
	interface Handler {

		void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;

	}

}
