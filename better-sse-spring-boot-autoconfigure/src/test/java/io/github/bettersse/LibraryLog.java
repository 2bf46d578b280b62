package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Takes what the library logs, all levels, and keeps it from the console.
 */
public final class LibraryLog extends Handler implements AutoCloseable {

	private final Logger logger = Logger.getLogger("io.github.bettersse");

	private final SimpleFormatter formatter = new SimpleFormatter();

	private final List<LogRecord> records = new ArrayList<>();

	public LibraryLog() {
		this.logger.addHandler(this);
		this.logger.setLevel(Level.ALL);
		this.logger.setUseParentHandlers(false);
	}

	@Override
	public synchronized void publish(LogRecord record) {
		this.records.add(record);
	}

	/** Take all records from WARNING up: level, message and exception, if any. */
	public synchronized List<String> takeWarnings() {
		List<String> warnings = this.records.stream()
			.filter((record) -> record.getLevel().intValue() >= Level.WARNING.intValue())
			.map((record) -> record.getLevel() + " " + text(record))
			.toList();
		this.records.removeIf((record) -> record.getLevel().intValue() >= Level.WARNING.intValue());
		return warnings;
	}

	/** Return the messages of one level, and the exceptions, if any. */
	public synchronized List<String> messages(Level level) {
		return this.records.stream().filter((record) -> record.getLevel().equals(level)).map(this::text).toList();
	}

	private String text(LogRecord record) {
		return this.formatter.formatMessage(record) + ((record.getThrown() != null) ? " / " + record.getThrown() : "");
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
		this.logger.setLevel(null);
		this.logger.setUseParentHandlers(true);
	}

}
