package io.github.bettersse.benchmarks.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Parses one event stream, in pieces of any size, without allocating anything. Of the
 * data of an event it reads number and time, and of the rest only where it ends. Not
 * thread-safe.
 *
 * <pre>
 * NAME --':'--> SPACE --> SEQUENCE --','--> TIME --','--> PADDING   (data)
 *   |              '----> ID, EVENT, REST                           (other fields)
 *   '--------- end of line, from anywhere: NAME
 * </pre>
 */
final class EventStreamParser {

	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private static final long ONES = 0x0101010101010101L;

	private static final long HIGH_BITS = 0x8080808080808080L;

	private static final long LINE_FEEDS = '\n' * ONES;

	private static final long CARRIAGE_RETURNS = '\r' * ONES;

	private static final int NAME = 0;

	private static final int SPACE = 1;

	private static final int SEQUENCE = 2;

	private static final int TIME = 3;

	private static final int EVENT = 4;

	private static final int ID = 5;

	private static final int REST = 6;

	private static final int PADDING = 7;

	private static final int WRONG = 8;

	private static final long DATA_FIELD = packed("data");

	private static final long EVENT_FIELD = packed("event");

	private static final long ID_FIELD = packed("id");

	private static final long TICK = packed("tick");

	private static final long RESET = packed("stream-reset");

	private final Events events;

	private byte[] id = new byte[48];

	private int idLength;

	/** That of the event that is being read, -1 if it has none. */
	private int nextIdLength = -1;

	private byte[] nextId = new byte[48];

	private int state = NAME;

	/** The last eight bytes of the name of a field, or of the name of an event. */
	private long word;

	private long eventName;

	private long sequence;

	private long time;

	private boolean data;

	private boolean wellFormed;

	private boolean afterCarriageReturn;

	EventStreamParser(Events events) {
		this.events = events;
	}

	void parse(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to) {
			if (this.state >= REST) {
				i = endOfLine(bytes, i, to);
				if (i == to) {
					return;
				}
			}
			accept(bytes[i++]);
		}
	}

	private void accept(byte b) {
		if (b == '\n' || b == '\r') {
			boolean secondOfTwo = b == '\n' && this.afterCarriageReturn;
			this.afterCarriageReturn = b == '\r';
			if (!secondOfTwo) {
				endLine();
			}
			return;
		}
		this.afterCarriageReturn = false;
		if (this.state == SPACE) {
			startValue();
			if (b == ' ') {
				return;
			}
		}
		switch (this.state) {
			case NAME -> name(b);
			case SEQUENCE -> this.sequence = number(b, this.sequence, TIME);
			case TIME -> this.time = number(b, this.time, PADDING);
			case EVENT -> this.word = this.word << 8 | b & 0xFF;
			case ID -> id(b);
			default -> {
			}
		}
	}

	private void name(byte b) {
		if (b == ':') {
			this.state = SPACE;
		}
		else {
			this.word = this.word << 8 | b & 0xFF;
		}
	}

	private void startValue() {
		long field = this.word;
		this.word = 0;
		if (field == DATA_FIELD) {
			this.sequence = 0;
			this.time = 0;
			this.state = SEQUENCE;
		}
		else if (field == EVENT_FIELD) {
			this.state = EVENT;
		}
		else if (field == ID_FIELD) {
			this.nextIdLength = 0;
			this.state = ID;
		}
		else {
			this.state = REST;
		}
	}

	private long number(byte b, long before, int next) {
		if (b >= '0' && b <= '9') {
			return before * 10 + b - '0';
		}
		this.state = (b == ',') ? next : WRONG;
		return before;
	}

	private void id(byte b) {
		if (this.nextIdLength < this.nextId.length) {
			this.nextId[this.nextIdLength++] = b;
		}
	}

	private void endLine() {
		if (this.state == SPACE) {
			startValue();
		}
		if (this.state == NAME && this.word == 0) {
			dispatch();
		}
		else if (this.state == EVENT) {
			this.eventName = this.word;
		}
		else if (this.state == SEQUENCE || this.state == TIME || this.state == WRONG) {
			this.data = true;
			this.wellFormed = false;
		}
		else if (this.state == PADDING) {
			this.data = true;
			this.wellFormed = true;
		}
		this.state = NAME;
		this.word = 0;
	}

	private void dispatch() {
		if (this.nextIdLength >= 0) {
			byte[] before = this.id;
			this.id = this.nextId;
			this.idLength = this.nextIdLength;
			this.nextId = before;
		}
		if (this.eventName == RESET) {
			this.events.reset();
		}
		else if (this.eventName == TICK && this.data) {
			if (this.wellFormed) {
				this.events.tick(this.sequence, this.time);
			}
			else {
				this.events.malformed();
			}
		}
		startEvent();
	}

	private void startEvent() {
		this.eventName = 0;
		this.data = false;
		this.nextIdLength = -1;
	}

	/** Return the last id, for a request that resumes. */
	String lastId() {
		return new String(this.id, 0, this.idLength, StandardCharsets.US_ASCII);
	}

	/** Forget what was begun: the stream has ended, and another one will follow. */
	void restart() {
		this.state = NAME;
		this.word = 0;
		this.afterCarriageReturn = false;
		startEvent();
	}

	/** Eight bytes at a time: most of a stream is padding. */
	private static int endOfLine(byte[] bytes, int from, int to) {
		int i = from;
		while (i + 8 <= to) {
			long eight = (long) LONG.get(bytes, i);
			long found = zeroes(eight ^ LINE_FEEDS) | zeroes(eight ^ CARRIAGE_RETURNS);
			if (found != 0) {
				return i + (Long.numberOfTrailingZeros(found) >> 3);
			}
			i += 8;
		}
		while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
			i++;
		}
		return i;
	}

	/** The lowest bit that is set is in the first byte that is zero. */
	private static long zeroes(long word) {
		return word - ONES & ~word & HIGH_BITS;
	}

	private static long packed(String text) {
		long packed = 0;
		for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
			packed = packed << 8 | b;
		}
		return packed;
	}

	/**
	 * Hears of the events of a stream.
	 */
	interface Events {

		/** An event, its number and when it was made. */
		void tick(long sequence, long time);

		/** An event whose data is not what was asked for. */
		void malformed();

		/** The server has told that events are lost. */
		void reset();

	}

}
