package io.github.bettersse;

/**
 * Marks the threads that run for the library: those must never wait for room in the
 * backlog, since they are the ones that make it.
 */
final class LibraryThread {

	private static final ThreadLocal<Boolean> CURRENT = new ThreadLocal<>();

	private LibraryThread() {
	}

	static boolean isCurrent() {
		return CURRENT.get() != null;
	}

	static void run(Runnable task) {
		if (isCurrent()) {
			task.run();
			return;
		}
		CURRENT.set(Boolean.TRUE);
		try {
			task.run();
		}
		finally {
			CURRENT.remove();
		}
	}

}
