package io.github.bettersse.webmvc;

/**
 * Heads of responses as the client reads them.
 */
final class Head {

	/** What a stream begins with where nothing else is set. */
	static final String OF_STREAM = """
			HTTP/1.1 200\s
			Cache-Control: private, no-cache, no-store, no-transform, must-revalidate, max-age=0
			Pragma: no-cache
			X-Accel-Buffering: no
			Content-Type: text/event-stream
			Transfer-Encoding: chunked

			""";

	private Head() {
	}

}
