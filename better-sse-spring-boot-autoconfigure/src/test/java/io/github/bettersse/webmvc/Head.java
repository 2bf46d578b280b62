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
			Connection: close
			Content-Type: text/event-stream

			""";

	/** The same of a stream that stays an asynchronous request. */
	static final String OF_ASYNCHRONOUS_STREAM = OF_STREAM.replace("Connection: close\n", "")
		.replace("text/event-stream\n", "text/event-stream\nTransfer-Encoding: chunked\n");

	private Head() {
	}

}
