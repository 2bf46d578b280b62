package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;

/**
 * Tests that open things, such as processes, which are closed after each of them: what
 * was opened last, first.
 */
public abstract class ClosingAfterEach {

	private final List<AutoCloseable> opened = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (int i = this.opened.size() - 1; i >= 0; i--) {
			this.opened.get(i).close();
		}
	}

	protected final <T extends AutoCloseable> T closing(T closeable) {
		this.opened.add(closeable);
		return closeable;
	}

}
