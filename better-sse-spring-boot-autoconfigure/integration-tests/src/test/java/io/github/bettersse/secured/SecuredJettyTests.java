package io.github.bettersse.secured;

import org.eclipse.jetty.session.SessionIdManager;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;

/**
 * On Jetty, which lets no HTTP session expire that has a request in progress: a stream is
 * none once its connection is handed over.
 */
@TestPropertySource(
		properties = "spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration")
class SecuredJettyTests extends SecuredStreamTests {

	@Autowired
	private ServletWebServerApplicationContext context;

	@Override
	void lookForExpiredSessions() {
		((JettyWebServer) this.context.getWebServer()).getServer()
			.getBean(SessionIdManager.class)
			.getSessionHouseKeeper()
			.scavenge();
	}

}
