package io.github.bettersse.webmvc;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * The same for streams whose requests stay asynchronous.
 */
@SpringBootTest(classes = OpeningTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "better-sse.transport=servlet")
class AsynchronousOpeningTests extends OpeningTests {

	@Override
	String head() {
		return Head.OF_ASYNCHRONOUS_STREAM;
	}

}
