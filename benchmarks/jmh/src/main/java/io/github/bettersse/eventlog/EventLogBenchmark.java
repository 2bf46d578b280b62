package io.github.bettersse.eventlog;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EncodedEvent;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events into the log, with history and without, and out of it again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class EventLogBenchmark {

	private static final int RETAINED = 1000;

	private static final Retention RETENTION = new Retention(RETAINED, Duration.ZERO, 0);

	private final SseEvent event = SseEvent.raw("x".repeat(100));

	private final EncodedEvent encoded = new EventEncoder(DataSerializer.ofText(String::valueOf)).encode(this.event);

	private final LogEvent passing = new LogEvent("a", this.event, this.encoded, null, Retention.NONE);

	private final LogEvent retained = new LogEvent("a", this.event, this.encoded, null, RETENTION);

	private EventLog log = new InMemoryEventLog();

	/** Fill the history. */
	@Setup(Level.Iteration)
	public void fill() {
		this.log = new InMemoryEventLog();
		for (int i = 0; i < RETAINED; i++) {
			this.log.append(this.retained);
		}
	}

	@Benchmark
	public Object append() {
		return this.log.append(this.passing);
	}

	@Benchmark
	public Object appendToFullHistory() {
		return this.log.append(this.retained);
	}

	/** What one client costs that resumes at the newest hundredth. */
	@Benchmark
	public Object readTheNewestTen() {
		return this.log.read(Map.of("a", this.log.getStart("a", RETAINED / 100)), this.log.getPosition(),
				Long.MAX_VALUE);
	}

	/** What one client costs that resumes from the beginning. */
	@Benchmark
	public Object readAll() {
		return this.log.read(Map.of("a", this.log.getStart("a", Integer.MAX_VALUE)), this.log.getPosition(),
				Long.MAX_VALUE);
	}

}
