package io.github.bettersse.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a read of one stream, made to records as it comes: the name of the
 * stream, and for each record its id, and names and values of its fields in turn. The two
 * versions of the protocol differ only in what is around the name. An answer without
 * anything is empty. For one answer, on the thread that it comes on.
 */
final class StreamRecordsOutput extends CommandOutput<byte[], byte[], List<StreamRecord>> {

	private boolean isNamed;

	private @Nullable String id;

	/** How many names and values of fields are to come, 0 while that is not known. */
	private int left;

	private byte name;

	private byte @Nullable [] mark;

	private byte @Nullable [] content;

	private byte @Nullable [] begin;

	StreamRecordsOutput() {
		super(ByteArrayCodec.INSTANCE, new ArrayList<>());
	}

	@Override
	public void multi(int count) {
		if (this.id != null && this.left == 0) {
			this.left = count;
			end();
		}
	}

	@Override
	public void set(@Nullable ByteBuffer bytes) {
		if (bytes == null) {
			return;
		}
		if (!this.isNamed) {
			this.isNamed = true;
		}
		else if (this.id == null) {
			this.id = StandardCharsets.US_ASCII.decode(bytes).toString();
		}
		else {
			if (this.left % 2 == 0) {
				this.name = (bytes.remaining() == 1) ? bytes.get() : 0;
			}
			else {
				value(bytes);
			}
			this.left--;
			end();
		}
	}

	private void value(ByteBuffer bytes) {
		switch (this.name) {
			case 'm' -> this.mark = bytes(bytes);
			case 'r' -> this.content = bytes(bytes);
			case 'b' -> this.begin = bytes(bytes);
			default -> {
				// A field of a later release
			}
		}
	}

	private static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	private void end() {
		if (this.id != null && this.left == 0) {
			this.output.add(StreamRecord.of(this.id, this.mark, this.content, this.begin));
			this.id = null;
			this.mark = null;
			this.content = null;
			this.begin = null;
		}
	}

}
