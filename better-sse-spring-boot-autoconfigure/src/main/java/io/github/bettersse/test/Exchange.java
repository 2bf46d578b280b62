package io.github.bettersse.test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * A response whose head has arrived.
 */
interface Exchange {

	int status();

	/** Return the values by name; names are case-insensitive. */
	Map<String, List<String>> headers();

	/** Return the body, whose reads wait for more of it. */
	InputStream body();

	/** Lose the connection. */
	void cut() throws IOException;

}
