package io.github.bettersse.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bettersse.event.EncodedEvent;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.WireText;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.Retention;
import io.github.bettersse.redis.UnreadableRecordException.Cause;
import org.jspecify.annotations.Nullable;

/**
 * A record of the stream, as bytes: a version, a kind, and what belongs to that. Its
 * place is not in it. Read with bounds and never as Java objects.
 */
sealed interface LogRecord {

	/**
	 * What this release writes; it skips all others. Fields may be added behind those
	 * that there are, which releases before pass over; whatever else changes is another
	 * version, and is not written before all nodes can read it.
	 */
	byte VERSION = 1;

	/**
	 * An event.
	 *
	 * @param id the id that the application gave, if any
	 */
	record Event(String channel, @Nullable String id, Retention retention, EncodedEvent encoded) implements LogRecord {

		static Event of(LogEvent event) {
			return new Event(event.channel(), event.event().getId(), event.retention(), event.encoded());
		}

		/** Return under what it is kept for newcomers, empty if it is not. */
		String latestField() {
			String name = this.encoded.getName();
			return (this.retention.latest() && name != null) ? this.channel + '\0' + name : "";
		}

		/** Return the event with its place in the log. */
		LogEntry at(Position position) {
			Frame frame = this.encoded.withId((this.id != null) ? this.id : position.toString());
			return new LogEntry(position, this.channel, this.encoded.asEvent(frame, this.id), frame, null,
					this.retention.latest());
		}

	}

	/** The history of a channel up to a sequence is given back. */
	record Forget(String channel, long upTo) implements LogRecord {
	}

	/**
	 * Ids that the application gave, and their positions.
	 *
	 * @param node where it did, which knows them already
	 */
	record GivenIds(String node, Map<String, Position> positions) implements LogRecord {
	}

	/** What is said to all nodes, for the engine to understand. */
	record Signal(byte[] content) implements LogRecord {
	}

	/** Return the bytes of a record. */
	static byte[] write(LogRecord record) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			if (record instanceof Event event) {
				out.writeByte('E');
				write(event, out);
			}
			else if (record instanceof Forget forget) {
				out.writeByte('F');
				WireText.write(forget.channel(), out);
				out.writeLong(forget.upTo());
			}
			else if (record instanceof GivenIds ids) {
				out.writeByte('I');
				WireText.write(ids.node(), out);
				out.writeInt(ids.positions().size());
				for (Map.Entry<String, Position> id : ids.positions().entrySet()) {
					WireText.write(id.getKey(), out);
					WireText.write(id.getValue().toString(), out);
				}
			}
			else if (record instanceof Signal signal) {
				out.writeByte('S');
				out.write(signal.content());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(Event event, DataOutputStream out) throws IOException {
		WireText.write(event.channel(), out);
		out.writeBoolean(event.id() != null);
		if (event.id() != null) {
			WireText.write(event.id(), out);
		}
		out.writeInt(event.retention().maxEvents());
		out.writeLong(event.retention().maxAge().toMillis());
		out.writeLong(event.retention().maxSize());
		out.writeBoolean(event.retention().latest());
		event.encoded().writeTo(out);
	}

	/**
	 * Read a record.
	 * @throws IOException if it is of another version or kind, or is none at all
	 */
	static LogRecord read(byte[] bytes) throws IOException {
		DataInputStream in = open(bytes);
		byte kind = in.readByte();
		try {
			return switch (kind) {
				case 'E' -> readEvent(in, bytes.length);
				case 'F' -> new Forget(WireText.read(in, bytes.length), in.readLong());
				case 'I' -> readGivenIds(in, bytes.length);
				case 'S' -> new Signal(in.readAllBytes());
				default -> throw new UnreadableRecordException(Cause.KIND, "kind " + kind);
			};
		}
		catch (EOFException | RuntimeException ex) {
			throw new IOException("content that is none of kind " + (char) kind, ex);
		}
	}

	/**
	 * Read the channel of an event and no more of it, {@code null} if it is none.
	 * @throws IOException if it is of another version, or broken
	 */
	static @Nullable String readChannel(byte[] bytes) throws IOException {
		DataInputStream in = open(bytes);
		return (in.readByte() == 'E') ? WireText.read(in, bytes.length) : null;
	}

	private static DataInputStream open(byte[] bytes) throws IOException {
		if (bytes.length < 2) {
			throw new UnreadableRecordException(Cause.CONTENT, "no content");
		}
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		byte version = in.readByte();
		if (version != VERSION) {
			throw new UnreadableRecordException(Cause.VERSION, "version " + version);
		}
		return in;
	}

	private static Event readEvent(DataInputStream in, int maxSize) throws IOException {
		String channel = WireText.read(in, maxSize);
		String id = in.readBoolean() ? WireText.read(in, maxSize) : null;
		Retention retention = new Retention(in.readInt(), Duration.ofMillis(in.readLong()), in.readLong(),
				in.readBoolean());
		return new Event(channel, id, retention, EncodedEvent.readFrom(in, maxSize));
	}

	private static GivenIds readGivenIds(DataInputStream in, int maxSize) throws IOException {
		String node = WireText.read(in, maxSize);
		Map<String, Position> positions = new LinkedHashMap<>();
		for (int left = in.readInt(); left > 0; left--) {
			positions.put(WireText.read(in, maxSize), Position.parse(WireText.read(in, maxSize)));
		}
		return new GivenIds(node, positions);
	}

}
