package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Records what is logged at WARN or above by the library and by Tomcat, both of which log
 * to {@code java.util.logging} in tests.
 */
public final class LogRecorder extends Handler implements AutoCloseable {

	private final Logger root = Logger.getLogger("");

	private final List<String> warnings = new CopyOnWriteArrayList<>();

	/** Record from now on. */
	public LogRecorder() {
		this.root.addHandler(this);
	}

	/**
	 * Return what was logged.
	 * @return level, logger, message and exception of each record
	 */
	public List<String> warnings() {
		return this.warnings;
	}

	@Override
	public void publish(LogRecord record) {
		if (record.getLevel().intValue() >= Level.WARNING.intValue() && !isAboutThisMachine(record)) {
			this.warnings.add(record.getLevel() + " " + record.getLoggerName() + ": " + record.getMessage()
					+ ((record.getThrown() != null) ? " " + record.getThrown() : ""));
		}
	}

	/** Tomcat warns when random numbers are slow to come. */
	private static boolean isAboutThisMachine(LogRecord record) {
		return String.valueOf(record.getLoggerName()).endsWith(".SessionIdGeneratorBase");
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.root.removeHandler(this);
	}

}
