package io.github.bettersse.benchmarks.load;

import java.util.List;
import java.util.function.ToLongFunction;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a run has found.
 *
 * @param streams how many streams were to get events
 * @param complete how many of them have got each event, once and in order
 * @param deliveries the events that have come, over all these streams
 * @param missing the holes in what they have got
 * @param repeated what came twice or out of order
 * @param malformed what came and was not asked for
 * @param undelivered what had not come by the end of the run
 * @param resets how often a server told that events are lost
 * @param failed the streams that could not be opened
 * @param ended the streams that the server has ended during the run
 * @param reconnected the streams that were closed and opened again
 * @param seconds from the request for events to the last delivery
 * @param latencyP50 the median of all deliveries, in microseconds
 * @param latencyP99 the same at 99 %
 * @param latencyMax the greatest
 * @param fanOutP50 the median over the events of the time to the last stream
 * @param fanOutMax the greatest of these
 * @param inTime whether all came before the time-out
 * @param failure what went wrong first, or {@code null}
 */
public record LoadResult(int streams, int complete, long deliveries, long missing, long repeated, long malformed,
		long undelivered, long resets, int failed, int ended, int reconnected, double seconds, double latencyP50,
		double latencyP99, double latencyMax, double fanOutP50, double fanOutMax, boolean inTime,
		@Nullable String failure) {

	static LoadResult of(Tally tally, int streams, List<StreamCheck> checks, long start, Counts counts) {
		Histogram latencies = tally.latencies();
		long[] fanOut = tally.fanOut();
		long lost = tally.isScattered() ? tally.count() - tally.deliveries() : sum(checks, StreamCheck::undelivered);
		return new LoadResult(streams, (int) checks.stream().filter(StreamCheck::isComplete).count(),
				tally.deliveries(), sum(checks, StreamCheck::missing),
				sum(checks, StreamCheck::repeated) + tally.repeated(), sum(checks, StreamCheck::unwanted), lost,
				sum(checks, StreamCheck::resets), counts.failed(), counts.ended(), counts.reconnected(),
				Math.max(0, (tally.lastDelivery() - start) / 1e9), latencies.getValueAtPercentile(50),
				latencies.getValueAtPercentile(99), latencies.getMaxValue(), fanOut[0], fanOut[1], counts.inTime(),
				counts.failure());
	}

	private static long sum(List<StreamCheck> checks, ToLongFunction<StreamCheck> value) {
		return checks.stream().mapToLong(value).sum();
	}

	/**
	 * Return whether each stream has got each event, once and in order.
	 * @return whether nothing went wrong
	 */
	public boolean isCorrect() {
		return this.missing + this.repeated + this.malformed + this.undelivered + this.resets + this.failed == 0;
	}

	/**
	 * Return what went wrong.
	 * @return {@code ok}, or what in a few words
	 */
	public String verdict() {
		if (isCorrect() && this.failure == null) {
			return "ok";
		}
		StringBuilder verdict = new StringBuilder();
		append(verdict, "missing", this.missing);
		append(verdict, "repeated", this.repeated);
		append(verdict, "malformed", this.malformed);
		append(verdict, "undelivered", this.undelivered);
		append(verdict, "resets", this.resets);
		append(verdict, "not opened", this.failed);
		append(verdict, "ended", this.ended);
		if (this.failure != null) {
			verdict.append(verdict.isEmpty() ? "" : ", ").append(this.failure);
		}
		return verdict.toString();
	}

	private static void append(StringBuilder verdict, String what, long count) {
		if (count > 0) {
			verdict.append(verdict.isEmpty() ? "" : ", ").append(what).append(' ').append(count);
		}
	}

	/**
	 * What the client has counted itself.
	 *
	 * @param failed the streams that could not be opened
	 * @param ended the streams that the server has ended
	 * @param reconnected the streams that were closed and opened again
	 * @param inTime whether all came before the time-out
	 * @param failure what went wrong first, or {@code null}
	 */
	record Counts(int failed, int ended, int reconnected, boolean inTime, @Nullable String failure) {
	}

}
