package io.github.bettersse;

/**
 * One session in one channel.
 */
final class Registration {

	private final DefaultChannel<?, ?> channel;

	private final DefaultSession<?> session;

	/** Its place in the shard's list, for the shard's thread alone. */
	private int index = -1;

	/** Whether others see it, under the lock of the session's registrations. */
	private boolean shown;

	Registration(DefaultChannel<?, ?> channel, DefaultSession<?> session) {
		this.channel = channel;
		this.session = session;
	}

	DefaultChannel<?, ?> channel() {
		return this.channel;
	}

	DefaultSession<?> session() {
		return this.session;
	}

	boolean isShown() {
		return this.shown;
	}

	void shown(boolean shown) {
		this.shown = shown;
	}

	int index() {
		return this.index;
	}

	void index(int index) {
		this.index = index;
	}

}
