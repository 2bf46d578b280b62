package io.github.bettersse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.WireText;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells all nodes through the log. Read with bounds, never as Java objects.
 *
 * @param kind what it is
 * @param node the id of the node that tells it
 * @param texts what belongs to it, by kind
 * @param counts the same
 */
record NodeMessage(Kind kind, String node, List<String> texts, List<Long> counts) {

	/** Stands for nobody among users: no user has an empty name. */
	private static final String NOBODY = "";

	/** In the order of their numbers in the log: new ones go to the end. */
	enum Kind {

		/** A node is there. Texts: its name. Counts: its position, its sessions. */
		BEAT,

		/** A node does not know of the others' sessions. */
		HELLO,

		/**
		 * How many sessions a node has. Texts: channel and user of each. Counts: of each.
		 */
		PRESENCE,

		/** A node is gone. Texts: its id. */
		GONE,

		/** A user's sessions have to leave a channel. Texts: user and channel. */
		REVOKE,

		/** A channel is removed. Texts: its name. */
		REMOVE,

		/** A session has to go for good. Texts: its id. */
		DISCONNECT

	}

	static NodeMessage of(Kind kind, String node, String... texts) {
		return new NodeMessage(kind, node, List.of(texts), List.of());
	}

	static String name(@Nullable String user) {
		return (user != null) ? user : NOBODY;
	}

	static boolean isNobody(String user) {
		return user.isEmpty();
	}

	String text(int index) {
		return this.texts.get(index);
	}

	long count(int index) {
		return this.counts.get(index);
	}

	byte[] toBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(this.kind.ordinal());
			WireText.write(this.node, out);
			out.writeInt(this.texts.size());
			for (String text : this.texts) {
				WireText.write(text, out);
			}
			out.writeInt(this.counts.size());
			for (long count : this.counts) {
				out.writeLong(count);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** Read a message, {@code null} if a node of another release tells something else. */
	static @Nullable NodeMessage read(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			int kind = in.readUnsignedByte();
			if (kind >= Kind.values().length) {
				return null;
			}
			String node = WireText.read(in, bytes.length);
			List<String> texts = new ArrayList<>();
			for (int left = in.readInt(); left > 0; left--) {
				texts.add(WireText.read(in, bytes.length));
			}
			List<Long> counts = new ArrayList<>();
			for (int left = in.readInt(); left > 0; left--) {
				counts.add(in.readLong());
			}
			return new NodeMessage(Kind.values()[kind], node, texts, counts);
		}
		catch (IOException ex) {
			return null;
		}
	}

}
