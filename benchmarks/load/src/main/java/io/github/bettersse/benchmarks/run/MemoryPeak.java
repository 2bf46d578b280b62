package io.github.bettersse.benchmarks.run;

import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.benchmarks.load.Probe;
import org.jspecify.annotations.Nullable;

/**
 * The most that a Java server keeps while events are sent: garbage is collected over and
 * over, and what is left is looked at each time. Slows the server down, so that nothing
 * else is measured meanwhile.
 */
final class MemoryPeak implements Probe {

	/** Between two collections the server does something else. */
	private static final long PAUSE_NANOS = 20_000_000;

	private final ServerProcess server;

	private @Nullable Thread thread;

	private volatile boolean ended;

	private volatile long bytes;

	MemoryPeak(ServerProcess server) {
		this.server = server;
	}

	@Override
	public void begin() {
		Thread sampling = new Thread(this::sample, "memory peak");
		this.thread = sampling;
		sampling.start();
	}

	private void sample() {
		while (!this.ended) {
			this.bytes = Math.max(this.bytes, this.server.ask("collect"));
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	@Override
	public void end() {
		this.ended = true;
		try {
			if (this.thread != null) {
				this.thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	long bytes() {
		return this.bytes;
	}

}
