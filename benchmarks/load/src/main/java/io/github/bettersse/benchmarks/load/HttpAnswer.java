package io.github.bettersse.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads short answers of a server over a connection that is used again.
 */
final class HttpAnswer {

	private HttpAnswer() {
	}

	/** Read a whole answer, and return its status. */
	static int readStatus(InputStream in) throws IOException {
		String statusLine = readLine(in);
		int length = 0;
		boolean chunked = false;
		for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
			String header = line.toLowerCase(Locale.ROOT);
			if (header.startsWith("content-length:")) {
				length = Integer.parseInt(header.substring(15).strip());
			}
			chunked = chunked || header.equals("transfer-encoding: chunked");
		}
		in.skipNBytes(length);
		while (chunked) {
			int size = Integer.parseInt(readLine(in), 16);
			in.skipNBytes(size + 2L);
			chunked = size > 0;
		}
		return Integer.parseInt(statusLine.substring(9, 12));
	}

	private static String readLine(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = in.read(); b != '\n'; b = in.read()) {
			if (b < 0) {
				throw new EOFException("The server has closed the connection");
			}
			if (b != '\r') {
				line.append((char) b);
			}
		}
		return line.toString();
	}

}
