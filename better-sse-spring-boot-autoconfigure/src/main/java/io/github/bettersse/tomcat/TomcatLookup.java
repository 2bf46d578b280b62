package io.github.bettersse.tomcat;

import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * Looks for what a version of Tomcat may not have, and says in one line what follows if
 * it does not. Refers to no class of Tomcat itself. Thread-safe.
 */
final class TomcatLookup {

	private static final System.Logger logger = System.getLogger(TomcatLookup.class.getName());

	private TomcatLookup() {
	}

	/**
	 * Return the internals that all else is found by. They are looked for once, so that
	 * those who share them say once that they are missing.
	 */
	static @Nullable TomcatInternals internals() {
		return Internals.found;
	}

	/**
	 * Look for something.
	 * @param step what finds it, or fails
	 * @param otherwise what follows if it is not there
	 * @return what was found, {@code null} if it is not there
	 */
	static <T> @Nullable T find(Step<T> step, String otherwise) {
		try {
			return step.find();
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			logger.log(Level.INFO, "This Tomcat is not built as expected (" + ex + "): " + otherwise);
			logger.log(Level.DEBUG, "Where this Tomcat is not built as expected", ex);
			return null;
		}
	}

	@FunctionalInterface
	interface Step<T> {

		T find() throws ReflectiveOperationException;

	}

	private static final class Internals {

		static final @Nullable TomcatInternals found = find(TomcatInternals::new,
				"event streams stay asynchronous requests, and the connection of one whose client does not read is "
						+ "kept until Tomcat's own time-out");

	}

}
