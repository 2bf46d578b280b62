package io.github.bettersse;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers byte arrays that have come lately, so that equal ones are kept once instead
 * of once a session: at most a thousand, of a kilobyte each. Thread-safe.
 */
final class SharedBytes {

	static final int MAX_COUNT = 1000;

	static final int MAX_SIZE = 1024;

	private final Map<ByteBuffer, byte[]> recent = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, byte[]> eldest) {
			return size() > MAX_COUNT;
		}

	});

	/** Return an equal array, the one that has come before if there is one. */
	byte[] share(byte[] bytes) {
		if (bytes.length > MAX_SIZE) {
			return bytes;
		}
		byte[] known = this.recent.putIfAbsent(ByteBuffer.wrap(bytes), bytes);
		return (known != null) ? known : bytes;
	}

}
