package io.github.bettersse.sample.cluster;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line and the headers of a request.
 *
 * @param text the lines, with their ends and the empty one
 */
record RequestHead(String text) {

	private static final int MAX_SIZE = 32 * 1024;

	private static final Pattern CONNECTION = Pattern.compile("(?im)^(connection|keep-alive):.*\r\n");

	private static final Pattern NODE = Pattern.compile("[?&]node=([\\w-]+)");

	static RequestHead read(InputStream in) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
		int end = 0;
		while (end != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
			int read = in.read();
			if (read < 0 || bytes.size() == MAX_SIZE) {
				throw new EOFException("There is no request");
			}
			bytes.write(read);
			end = end << 8 | read;
		}
		return new RequestHead(bytes.toString(StandardCharsets.ISO_8859_1));
	}

	private String target() {
		String[] parts = this.text.split(" ", 3);
		return (parts.length == 3) ? parts[1] : "";
	}

	boolean isForControl() {
		return target().startsWith("/cluster/");
	}

	/** Return the name of the node that the request asks for, empty for any. */
	String node() {
		Matcher matcher = NODE.matcher(target());
		return matcher.find() ? matcher.group(1) : "";
	}

	/** Return it for a connection that is for this request alone. */
	byte[] forOneRequest() {
		String line = this.text.substring(0, this.text.indexOf('\n') + 1);
		String headers = CONNECTION.matcher(this.text.substring(line.length())).replaceAll("");
		return (line + "Connection: close\r\n" + headers).getBytes(StandardCharsets.ISO_8859_1);
	}

}
