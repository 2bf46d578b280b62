package io.github.bettersse.redis;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.redis.UnreadableRecordException.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Reads records, and skips those that it cannot read: of another release, too large, or
 * broken. Warns once of each cause. Thread-safe.
 */
final class RecordReader {

	private static final System.Logger logger = System.getLogger(RecordReader.class.getName());

	private final int maxSize;

	private final Set<Cause> warned = ConcurrentHashMap.newKeySet();

	RecordReader(int maxSize) {
		this.maxSize = maxSize;
	}

	/** Read a record, {@code null} if it is to be skipped. */
	@Nullable LogRecord read(byte[] record) {
		try {
			if (isTooLarge(record)) {
				throw new UnreadableRecordException(Cause.SIZE, "a size of " + record.length + " bytes");
			}
			return LogRecord.read(record);
		}
		catch (IOException ex) {
			skipped(ex);
			return null;
		}
	}

	private boolean isTooLarge(byte[] record) {
		return record.length > this.maxSize;
	}

	/**
	 * Return the channel of an event that is skipped for nothing but its size,
	 * {@code null} for other records: what they say of a channel is not to be relied on.
	 */
	@Nullable String channelOf(byte[] record) {
		try {
			return isTooLarge(record) ? LogRecord.readChannel(record) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Take note of a record that cannot be read. */
	void skipped(Exception reason) {
		Cause cause = (reason instanceof UnreadableRecordException unreadable) ? unreadable.kind() : Cause.CONTENT;
		if (this.warned.add(cause)) {
			logger.log(Level.WARNING, () -> "A record of the event log in Redis is skipped, and so are all like it: "
					+ reason.getMessage());
		}
	}

}
