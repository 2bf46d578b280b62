package io.github.bettersse.servlet;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.modeler.Registry;

/**
 * A bare Tomcat.
 */
final class TomcatServer implements ServletServer {

	static {
		// As Spring Boot does, which warns where another Tomcat has set up MBeans before.
		Registry.disableRegistry();
	}

	private final Tomcat tomcat = new Tomcat();

	private final StandardContext context;

	private final AtomicInteger errorPageHits = new AtomicInteger();

	private TomcatServer(Path directory, boolean asyncSupported, Connector connector, Handler handler)
			throws LifecycleException {
		this.tomcat.setSilent(true);
		this.tomcat.setBaseDir(directory.toString());
		connector.setPort(0);
		this.tomcat.setConnector(connector);
		// As with a large heap: Tomcat uses what it has for one connection again.
		this.tomcat.getConnector().setProperty("socket.bufferPool", "500");
		this.tomcat.getConnector().setProperty("relaxedPathChars", "[]");
		this.tomcat.getConnector().setProperty("relaxedQueryChars", "[]|^");
		this.tomcat.getConnector().setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
		this.context = (StandardContext) this.tomcat.addContext("", directory.toString());
		this.context.setClearReferencesThreadLocals(false);
		this.context.setClearReferencesRmiTargets(false);
		Tomcat.addServlet(this.context, "events", handler.asServlet()).setAsyncSupported(asyncSupported);
		this.context.addServletMappingDecoded("/*", "events");
		Handler errorPage = (request, response) -> this.errorPageHits.incrementAndGet();
		Tomcat.addServlet(this.context, "error", errorPage.asServlet());
		this.context.addServletMappingDecoded("/error", "error");
		ErrorPage registration = new ErrorPage();
		registration.setLocation("/error");
		this.context.addErrorPage(registration);
		this.tomcat.start();
	}

	static TomcatServer start(Path directory, Handler handler) throws LifecycleException {
		return start(directory, new Connector(), handler);
	}

	/** Start a server whose connector is not as it comes. */
	static TomcatServer start(Path directory, Connector connector, Handler handler) throws LifecycleException {
		return new TomcatServer(directory, true, connector, handler);
	}

	static TomcatServer startWithoutAsyncSupport(Path directory, Handler handler) throws LifecycleException {
		return new TomcatServer(directory, false, new Connector(), handler);
	}

	@Override
	public int port() {
		return this.tomcat.getConnector().getLocalPort();
	}

	@Override
	public int errorPageHits() {
		return this.errorPageHits.get();
	}

	@Override
	public long asyncRequests() {
		return this.context.getInProgressAsyncCount();
	}

	Connector connector() {
		return this.tomcat.getConnector();
	}

	/** Tomcat counts the next one already. */
	@Override
	public long connections() {
		return protocol().getConnectionCount() - 1;
	}

	/** Return how many connections are to be told when the connector stops. */
	int waitingProcessors() {
		return protocol().getWaitingProcessorCount();
	}

	private AbstractProtocol<?> protocol() {
		return (AbstractProtocol<?>) connector().getProtocolHandler();
	}

	@Override
	public void stopConnector() throws LifecycleException {
		connector().stop();
	}

	void stopApplication() throws LifecycleException {
		this.context.stop();
	}

	@Override
	public void close() throws LifecycleException {
		this.tomcat.stop();
		this.tomcat.destroy();
	}

}
