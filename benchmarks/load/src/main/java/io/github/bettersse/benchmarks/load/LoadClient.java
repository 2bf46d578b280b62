package io.github.bettersse.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Opens streams, triggers a broadcast, and checks order, loss and repetition of each
 * stream. All streams are read by the calling thread. Not thread-safe.
 */
public final class LoadClient implements AutoCloseable {

	private static final Duration OPENING_TIMEOUT = Duration.ofSeconds(60);

	private final LoadOptions options;

	private final Tally tally;

	private final StreamLoop loop;

	private final List<LoadStream> streams = new ArrayList<>();

	private final Pace reconnects;

	private int reconnectIndex;

	private int reconnected;

	/**
	 * Create a client.
	 * @param options what it does
	 */
	public LoadClient(LoadOptions options) {
		this.options = options;
		this.tally = new Tally(options.count(), options.scattered());
		this.loop = new StreamLoop(this.tally, options.resume());
		this.reconnects = new Pace(options.reconnects() * options.sessions());
		for (int i = 0; i < options.sessions(); i++) {
			this.streams.add(new LoadStream(i, options, this.tally));
		}
	}

	/**
	 * Open all streams, and wait until each has its head or has failed.
	 * @return how long it took
	 */
	public Duration connect() {
		long start = System.nanoTime();
		this.streams.forEach(this.loop::open);
		pump(OPENING_TIMEOUT, () -> !this.loop.isOpening());
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/**
	 * Go on reading for a while.
	 * @param duration how long
	 */
	public void settle(Duration duration) {
		pump(duration, () -> false);
	}

	/**
	 * Have the events sent, and read until all streams that read have all.
	 * @param probe is told of begin and end
	 * @return what was found
	 */
	public LoadResult run(Probe probe) {
		this.loop.forgetEnded();
		int healthy = (int) this.streams.stream().filter(this::isCounted).count();
		probe.begin();
		try (EventSource source = EventSource.start(this.options)) {
			long start = System.nanoTime();
			this.reconnects.start(start);
			boolean inTime = pump(this.options.timeout(),
					() -> source.failure() != null || (isFinished(healthy) && source.isDone()));
			this.reconnects.stop();
			// What the server still does for the last event is its work too
			settle(Duration.ofMillis(20));
			probe.end();
			return result(healthy, start, inTime, source.failure());
		}
	}

	private boolean isFinished(int healthy) {
		if (this.options.scattered()) {
			return this.tally.deliveries() >= this.options.count();
		}
		return this.tally.streamsAtEnd() + this.loop.hopeless() >= healthy;
	}

	private boolean isCounted(LoadStream stream) {
		return stream.state() == LoadStream.State.OPEN && !stream.isStalled()
				&& !this.options.excluded().test(stream.number());
	}

	private LoadResult result(int healthy, long start, boolean inTime, @Nullable String failure) {
		List<StreamCheck> checks = this.streams.stream()
			.filter((stream) -> !stream.isStalled())
			.map(LoadStream::check)
			.toList();
		LoadResult.Counts counts = new LoadResult.Counts(this.loop.failed(), this.loop.ended(), this.reconnected,
				inTime, (failure != null) ? failure : this.loop.firstFailure());
		return LoadResult.of(this.tally, healthy, checks, start, counts);
	}

	/**
	 * Let the streams that do not read read to their end, and resume if they were cut.
	 * @param timeout how long that may take
	 * @return how many of them have each event, once
	 */
	public int wakeStalled(Duration timeout) {
		List<LoadStream> stalled = this.streams.stream().filter(LoadStream::isStalled).toList();
		stalled.forEach(this.loop::wake);
		pump(timeout, () -> stalled.stream().allMatch(LoadClient::isAtNewest));
		return (int) stalled.stream().filter((stream) -> stream.check().isComplete()).count();
	}

	/**
	 * Return how many of the streams that did not read have the newest event, whatever
	 * they have missed before it.
	 * @return those that are where all others are
	 */
	public int countStalledAtNewest() {
		return (int) this.streams.stream()
			.filter((stream) -> this.options.isStalled(stream.number()))
			.filter(LoadClient::isAtNewest)
			.count();
	}

	private static boolean isAtNewest(LoadStream stream) {
		return stream.check().undelivered() == 0;
	}

	/**
	 * Return how many of the streams that do not read the server has ended.
	 * @return how many it holds no connection for
	 */
	public int countStalledThatEnded() {
		SocketTable sockets = SocketTable.read();
		return (int) this.streams.stream()
			.filter(LoadStream::isStalled)
			.filter((stream) -> !sockets.isEstablished(this.options.port(), stream.localPort()))
			.count();
	}

	/**
	 * Return how many streams are open.
	 * @return those that have got the head
	 */
	public int countOpen() {
		return (int) this.streams.stream().filter((stream) -> stream.state() == LoadStream.State.OPEN).count();
	}

	/**
	 * Return how many of the streams that read have each event, once.
	 * @return those that are complete
	 */
	public int countComplete() {
		return (int) this.streams.stream()
			.filter((stream) -> !stream.isStalled() && stream.check().isComplete())
			.count();
	}

	/**
	 * Return how many events have come.
	 * @return over all streams that read
	 */
	public long countDeliveries() {
		return this.tally.deliveries();
	}

	private boolean pump(Duration timeout, BooleanSupplier finished) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!finished.getAsBoolean()) {
			long now = System.nanoTime();
			if (now >= deadline) {
				return false;
			}
			while (this.reconnects.isDue(now)) {
				reconnect(this.streams.get(this.reconnectIndex++ % this.streams.size()));
			}
			this.loop.turn(deadline - now);
		}
		return true;
	}

	private void reconnect(LoadStream stream) {
		if (isCounted(stream) && !stream.check().isComplete()) {
			this.reconnected++;
			this.loop.close(stream);
			this.loop.open(stream);
		}
	}

	/** Close all streams. */
	@Override
	public void close() {
		this.streams.forEach(this.loop::close);
		this.loop.close();
	}

}
