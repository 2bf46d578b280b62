package io.github.bettersse.secured;

import org.springframework.test.context.TestPropertySource;

/**
 * On Jetty, where an HTTP session does not expire as long as it has a stream: Jetty keeps
 * those that have a request in progress.
 */
@TestPropertySource(
		properties = "spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration")
class SecuredJettyTests extends SecuredStreamTests {

}
