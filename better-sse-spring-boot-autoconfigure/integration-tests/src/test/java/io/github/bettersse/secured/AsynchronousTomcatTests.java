package io.github.bettersse.secured;

import org.springframework.test.context.TestPropertySource;

/**
 * On Tomcat, where each stream stays an asynchronous request.
 */
@TestPropertySource(properties = { "better-sse.transport=servlet",
		"spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" })
class AsynchronousTomcatTests extends SecuredRequestTests {

}
