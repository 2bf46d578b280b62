package io.github.bettersse.autoconfigure.tomcat;

import java.lang.System.Logger.Level;

import io.github.bettersse.SseEngine;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Warns if Tomcat takes fewer connections than there may be sessions: clients beyond that
 * would wait without any answer, and so would all other requests.
 */
final class ConnectionLimitCheck implements ApplicationListener<WebServerInitializedEvent> {

	private static final System.Logger logger = System.getLogger(ConnectionLimitCheck.class.getName());

	private final SseEngine engine;

	ConnectionLimitCheck(SseEngine engine) {
		this.engine = engine;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() == null
				&& event.getWebServer() instanceof TomcatWebServer server) {
			for (Connector connector : server.getTomcat().getService().findConnectors()) {
				if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
					check(protocol.getMaxConnections());
				}
			}
		}
	}

	private void check(int maxConnections) {
		int maxSessions = this.engine.getLimits().limits().maxSessions();
		if (maxConnections >= 0 && maxConnections < maxSessions) {
			logger.log(Level.WARNING, () -> "Tomcat takes " + maxConnections + " connections, but there may be "
					+ maxSessions + " sessions: clients beyond that would wait without an answer, and with them all "
					+ "other requests. Set server.tomcat.max-connections above better-sse.limits.max-sessions, with "
					+ "room for other requests. (Over HTTP/2 several sessions share a connection.)");
		}
	}

}
