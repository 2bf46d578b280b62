package io.github.bettersse.jpa;

import org.springframework.test.context.TestPropertySource;

/**
 * Where a stream stays an asynchronous request of the server.
 */
@TestPropertySource(
		properties = { "better-sse.transport=servlet", "spring.datasource.url=jdbc:h2:mem:asynchronous-streams" })
class AsynchronousOpenInViewTests extends OpenInViewTests {

}
