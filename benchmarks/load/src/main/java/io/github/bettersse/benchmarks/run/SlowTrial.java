package io.github.bettersse.benchmarks.run;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.github.bettersse.benchmarks.load.LoadClient;
import io.github.bettersse.benchmarks.load.LoadOptions;
import io.github.bettersse.benchmarks.load.LoadResult;
import io.github.bettersse.benchmarks.load.Probe;
import io.github.bettersse.benchmarks.process.ProcessMemory;

/**
 * Bursts to clients of which some do not read, against one server.
 */
final class SlowTrial {

	/**
	 * From the begin of a burst. Whoever has not got all by then will not in any useful
	 * time.
	 */
	static final Duration LIMIT = Duration.ofSeconds(20);

	/** The peak comes soon. */
	private static final Duration PEAK_LIMIT = Duration.ofSeconds(10);

	private static final Duration SETTLE = Duration.ofMillis(300);

	/** Between two looks. */
	private static final Duration POLL = Duration.ofMillis(50);

	private static final double MEGABYTE = 1024.0 * 1024;

	/** What is to become of a session whose client does not read. */
	enum Fate {

		ENDS, LOSES_EVENTS

	}

	private final ServerProcess server;

	private final Fate fate;

	private final Trial trial;

	SlowTrial(ServerProcess server, Fate fate) {
		this.server = server;
		this.fate = fate;
		this.trial = new Trial(server);
	}

	/** Measure memory only, and that at its peak. */
	Sample peaks(LoadOptions healthy, LoadOptions slow) {
		MemoryPeak without = new MemoryPeak(this.server);
		MemoryPeak with = new MemoryPeak(this.server);
		LoadResult first = run(healthy.withTimeout(PEAK_LIMIT), without);
		LoadResult second = run(slow.withTimeout(PEAK_LIMIT), with);
		return new Sample(first.verdict().equals("ok") ? second.verdict() : first.verdict())
			.with(Metric.MEMORY_HEALTHY, without.bytes() / MEGABYTE)
			.with(Metric.MEMORY_SLOW, with.bytes() / MEGABYTE)
			.with(Metric.MEMORY_MORE, (with.bytes() - without.bytes()) / MEGABYTE);
	}

	private LoadResult run(LoadOptions options, MemoryPeak peak) {
		reap();
		try (LoadClient client = new LoadClient(options)) {
			client.connect();
			client.settle(SETTLE);
			return client.run(peak);
		}
	}

	/** Measure everything else. */
	Sample run(LoadOptions options) {
		reap();
		long before = memory();
		long overflowed = overflowed();
		try (LoadClient client = new LoadClient(options)) {
			client.connect();
			client.settle(SETTLE);
			long deadline = System.nanoTime() + LIMIT.toNanos();
			Sample sample = this.trial.measure(client).with(Metric.MEMORY_GROWTH, (memory() - before) / MEGABYTE);
			long expected = (long) options.count() * (options.sessions() - options.stalled());
			sample.with(Metric.COMPLETE, client.countComplete())
				.with(Metric.DELIVERED, 100.0 * client.countDeliveries() / expected);
			if (client.countDeliveries() < expected) {
				sample.with(Metric.SECONDS, LIMIT.toSeconds());
			}
			if (options.stalled() > 0 && this.fate == Fate.LOSES_EVENTS) {
				awaitLoss(client, options, sample, deadline);
			}
			else if (options.stalled() > 0) {
				awaitEnd(client, options, sample, deadline, overflowed);
			}
			return sample;
		}
	}

	private void awaitLoss(LoadClient client, LoadOptions options, Sample sample, long deadline) {
		await(client, deadline, () -> this.server.ask("dropping") >= options.stalled());
		sample.with(Metric.STALLED_DROPPED, this.server.ask("dropping"));
		client.wakeStalled(LIMIT);
		sample.with(Metric.STALLED_AT_NEWEST, client.countStalledAtNewest());
	}

	private void awaitEnd(LoadClient client, LoadOptions options, Sample sample, long deadline, long overflowed) {
		boolean ours = this.server.spec().ours();
		await(client, deadline, () -> client.countStalledThatEnded() >= options.stalled()
				&& (!ours || overflowed() - overflowed >= options.stalled()));
		sample.with(Metric.STALLED_ENDED, client.countStalledThatEnded());
		if (ours) {
			sample.with(Metric.STALLED_OVERFLOWED, overflowed() - overflowed);
		}
		if (options.resume()) {
			sample.with(Metric.STALLED_RESUMED, client.wakeStalled(LIMIT));
		}
	}

	/** Return how many sessions have ended because of the overflow rule so far. */
	private long overflowed() {
		return this.server.spec().ours() ? this.server.ask("overflowed") : 0;
	}

	/** Wait for what the server does about clients that do not read. */
	private static void await(LoadClient client, long deadline, BooleanSupplier condition) {
		while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
			client.settle(POLL);
		}
	}

	/** We tell when the clients of the run before are gone. */
	private void reap() {
		if (!this.server.spec().ours()) {
			this.trial.reap();
			return;
		}
		try (LoadClient nobody = new LoadClient(this.trial.broadcast(0, 1, 100, 0))) {
			nobody.run(Probe.NONE);
			await(nobody, System.nanoTime() + LIMIT.toNanos(), () -> this.server.ask("open") == 0);
		}
	}

	private long memory() {
		return this.server.isJava() ? this.server.ask("collect") : ProcessMemory.resident(this.server.pids());
	}

}
