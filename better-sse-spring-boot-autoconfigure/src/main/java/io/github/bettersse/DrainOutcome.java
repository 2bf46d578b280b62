package io.github.bettersse;

import java.io.IOException;
import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * What a drain leads to once its guard is released.
 */
enum DrainOutcome {

	/** There is nothing more to write now. */
	WAITING,

	/** All was written and the stream is to be closed. */
	FINISHED,

	/** The stream is to be cut. */
	ABORTED,

	/** A write has failed. */
	FAILED,

	/** There is no connection to write to. */
	GONE;

	private static final System.Logger logger = System.getLogger(DrainOutcome.class.getName());

	/** Do to a connection what is to be done, whatever it makes of that. */
	void applyTo(Connection connection, @Nullable Throwable failure) {
		try {
			switch (this) {
				case WAITING, GONE -> {
				}
				case FINISHED -> connection.close();
				case ABORTED -> connection.abort(null);
				case FAILED -> connection.abort((failure instanceof IOException broken) ? broken
						: new IOException("The connection is unusable", failure));
			}
		}
		catch (RuntimeException ex) {
			logger.log(Level.DEBUG, "A connection has failed at its end", ex);
		}
	}

	/** Log what no connection should fail with. */
	static void report(Throwable failure) {
		if (failure instanceof Error) {
			logger.log(Level.ERROR, "A connection has failed unexpectedly", failure);
		}
	}

}
