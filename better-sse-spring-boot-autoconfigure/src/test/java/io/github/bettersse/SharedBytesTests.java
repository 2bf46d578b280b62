package io.github.bettersse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedBytesTests {

	private final SharedBytes shared = new SharedBytes();

	@Test
	void equalBytesAreKeptOnce() {
		byte[] first = this.shared.share(new byte[] { 1, 2 });
		byte[] other = this.shared.share(new byte[] { 1, 3 });
		assertThat(this.shared.share(new byte[] { 1, 2 })).isSameAs(first);
		assertThat(this.shared.share(new byte[] { 1, 3 })).isSameAs(other).containsExactly(1, 3);
	}

	@Test
	void largeOnesAreNotRemembered() {
		byte[] largest = this.shared.share(new byte[SharedBytes.MAX_SIZE]);
		assertThat(this.shared.share(largest.clone())).isSameAs(largest);
		byte[] larger = this.shared.share(new byte[SharedBytes.MAX_SIZE + 1]);
		assertThat(this.shared.share(larger.clone())).isNotSameAs(larger);
	}

	@Test
	void thoseThatCameLastAreRemembered() {
		byte[] used = this.shared.share(bytes(0));
		byte[] unused = this.shared.share(bytes(1));
		for (int i = 2; i < SharedBytes.MAX_COUNT; i++) {
			this.shared.share(bytes(i));
		}
		assertThat(this.shared.share(bytes(0))).isSameAs(used);
		this.shared.share(bytes(SharedBytes.MAX_COUNT));
		assertThat(this.shared.share(bytes(0))).isSameAs(used);
		assertThat(this.shared.share(bytes(1))).isNotSameAs(unused);
	}

	private static byte[] bytes(int number) {
		return new byte[] { (byte) (number >> 8), (byte) number };
	}

}
