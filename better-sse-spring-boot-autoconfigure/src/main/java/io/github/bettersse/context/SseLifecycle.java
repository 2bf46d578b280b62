package io.github.bettersse.context;

import io.github.bettersse.SseEngine;

import org.springframework.context.SmartLifecycle;

/**
 * Ends all sessions when the application context stops or pauses, before the web server
 * waits for its requests: an open stream never ends by itself. Takes sessions again when
 * the context starts again. Thread-safe.
 */
public final class SseLifecycle implements SmartLifecycle {

	private final SseEngine engine;

	private final int phase;

	/**
	 * Create a lifecycle.
	 * @param engine what to start and stop
	 * @param phase a phase above that of the web server's graceful shutdown
	 */
	public SseLifecycle(SseEngine engine, int phase) {
		this.engine = engine;
		this.phase = phase;
	}

	@Override
	public void start() {
		this.engine.start();
	}

	@Override
	public void stop() {
		this.engine.stop();
	}

	@Override
	public boolean isRunning() {
		return this.engine.isRunning();
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
