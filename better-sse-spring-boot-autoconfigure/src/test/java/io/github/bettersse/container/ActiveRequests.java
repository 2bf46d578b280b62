package io.github.bettersse.container;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.catalina.core.StandardContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

/**
 * Counts the requests that the container takes for not ended.
 */
class ActiveRequests {

	private final AtomicInteger ofJetty = new AtomicInteger();

	long count(WebServer server) {
		if (server instanceof TomcatWebServer tomcat) {
			return ((StandardContext) tomcat.getTomcat().getHost().findChildren()[0]).getInProgressAsyncCount();
		}
		return this.ofJetty.get();
	}

	/** Count from now on. */
	void countOf(Server jetty) {
		jetty.setHandler(new Handler.Wrapper(jetty.getHandler()) {
			@Override
			public boolean handle(Request request, Response response, Callback callback) throws Exception {
				ActiveRequests.this.ofJetty.incrementAndGet();
				return super.handle(request, response,
						Callback.from(callback, ActiveRequests.this.ofJetty::decrementAndGet));
			}
		});
	}

}
