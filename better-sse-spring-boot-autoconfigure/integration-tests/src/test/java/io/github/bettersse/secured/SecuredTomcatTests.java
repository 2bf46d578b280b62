package io.github.bettersse.secured;

import org.springframework.test.context.TestPropertySource;

/**
 * On Tomcat, which looks every second for HTTP sessions that have expired.
 */
@TestPropertySource(properties = { "server.tomcat.background-processor-delay=1s",
		"spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" })
class SecuredTomcatTests extends SecuredStreamTests {

}
