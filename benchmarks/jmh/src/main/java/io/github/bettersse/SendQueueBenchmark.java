package io.github.bettersse;

import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A frame through the queue of a session.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class SendQueueBenchmark {

	private static final int WAITING = 16;

	private static final int MAX_WRITE = 64 * 1024;

	private final ScheduledTimer timer = new ScheduledTimer();

	private final Frame frame = new EventEncoder(DataSerializer.ofText(String::valueOf))
		.encode(SseEvent.raw("x".repeat(100)).name("tick"), "k3v9x2m7qa-123456");

	private final SendQueue queue = queue(OverflowStrategy.DISCONNECT, 1024 * 1024);

	private final SendQueue latest = queue(OverflowStrategy.KEEP_LATEST, WAITING * this.frame.size());

	private SendQueue queue(OverflowStrategy strategy, long maxSize) {
		return new SendQueue(new QueueBound(maxSize, strategy),
				new WriteProgress(this.timer, EngineRecorder.disabled()), "");
	}

	@Benchmark
	public @Nullable Frame one() {
		this.queue.offer(this.frame);
		return this.queue.poll(MAX_WRITE);
	}

	/** Several that are joined to one write. */
	@Benchmark
	public @Nullable Frame sixteenJoined() {
		for (int i = 0; i < WAITING; i++) {
			this.queue.offer(this.frame);
		}
		return this.queue.poll(MAX_WRITE);
	}

	/** For a reader that takes nothing. */
	@Benchmark
	public boolean keepLatestOfAFullQueue() {
		return this.latest.offer(this.frame);
	}

	@TearDown
	public void stop() {
		this.timer.close();
	}

}
