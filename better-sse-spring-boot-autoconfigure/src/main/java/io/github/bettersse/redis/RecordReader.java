package io.github.bettersse.redis;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * Reads records, and skips those that it cannot read: of another release, too large, or
 * broken. Warns of them once. Thread-safe.
 */
final class RecordReader {

	private static final System.Logger logger = System.getLogger(RecordReader.class.getName());

	private final int maxSize;

	private final AtomicBoolean warned = new AtomicBoolean();

	RecordReader(int maxSize) {
		this.maxSize = maxSize;
	}

	/** Read a record, {@code null} if it is to be skipped. */
	@Nullable LogRecord read(byte[] record) {
		try {
			if (record.length > this.maxSize) {
				throw new IOException("a size of " + record.length + " bytes");
			}
			return LogRecord.read(record);
		}
		catch (IOException ex) {
			skipped(ex);
			return null;
		}
	}

	/** Take note of a record that cannot be read. */
	void skipped(Exception reason) {
		if (this.warned.compareAndSet(false, true)) {
			logger.log(Level.WARNING, () -> "A record of the event log in Redis is skipped, and so are all like it: "
					+ reason.getMessage());
		}
	}

}
