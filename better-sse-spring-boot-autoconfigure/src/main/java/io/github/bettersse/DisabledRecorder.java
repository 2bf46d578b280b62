package io.github.bettersse;

/**
 * Records nothing.
 */
enum DisabledRecorder implements EngineRecorder, ChannelRecorder, Runnable {

	INSTANCE;

	@Override
	public void run() {
		// An event was delivered
	}

}
