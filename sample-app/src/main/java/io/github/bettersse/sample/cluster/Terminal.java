package io.github.bettersse.sample.cluster;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * What whoever has started the cluster sees. There is no logging here: that is in the
 * nodes.
 */
final class Terminal {

	private static final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);

	private Terminal() {
	}

	static void print(String line) {
		out.println(line);
	}

}
