package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.event.SseEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is put into a queue and taken from it, in whatever order.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, tries = 500)
class SendQueuePropertyTests {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	/**
	 * One thing to do to a queue.
	 *
	 * @param name the name of the event to add, empty to take instead
	 * @param size how much data it has, or how much to take
	 */
	private record Step(String name, int size) {

		boolean isTake() {
			return this.name.isEmpty();
		}

		Frame frame(int number) {
			return ENCODER.encode(SseEvent.raw("x".repeat(this.size)).name(this.name), Integer.toString(number));
		}

	}

	@Property
	void dropOldestKeepsItsBoundAndTheNewest(@ForAll("steps") List<Step> steps,
			@ForAll @IntRange(max = 200) int bound) {
		check(OverflowStrategy.DROP_OLDEST, steps, 1 + bound);
	}

	@Property
	void keepLatestKeepsItsBoundAndTheNewestOfEachName(@ForAll("steps") List<Step> steps,
			@ForAll @IntRange(max = 200) int bound) {
		check(OverflowStrategy.KEEP_LATEST, steps, 1 + bound);
	}

	@Property
	void disconnectDropsNothing(@ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 200) int bound) {
		check(OverflowStrategy.DISCONNECT, steps, 1 + bound);
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		return Combinators.combine(Arbitraries.of("", "a", "b", "c"), Arbitraries.integers().between(0, 60))
			.as(Step::new)
			.list()
			.ofMaxSize(60);
	}

	/** Do these steps; a refusal ends the session, and with it all there is to say. */
	private static void check(OverflowStrategy overflow, List<Step> steps, int bound) {
		SendQueue queue = new SendQueue(new QueueBound(bound, overflow),
				new WriteProgress(new ManualTimer(), EngineRecorder.disabled()), "");
		List<Frame> added = new ArrayList<>();
		StringBuilder taken = new StringBuilder();
		for (Step step : steps) {
			if (step.isTake()) {
				Frame frame = queue.poll(step.size());
				taken.append((frame != null) ? frame.toString() : "");
			}
			else if (queue.offer(step.frame(added.size()))) {
				added.add(step.frame(added.size()));
			}
			else {
				return;
			}
			assertThat(queue.isOverfull()).isFalse();
			assertThat(queue.offered()).isEqualTo(added.size());
		}
		Frame rest = queue.poll(Integer.MAX_VALUE);
		int left = (rest != null) ? rest.size() : 0;
		assertThat(left).isLessThanOrEqualTo(Math.max(bound, largest(added)));
		taken.append((rest != null) ? rest.toString() : "");
		List<Frame> dropped = dropped(added, taken.toString());
		assertThat(queue.dropped()).isEqualTo(dropped.size());
		if (overflow == OverflowStrategy.DISCONNECT) {
			assertThat(dropped).isEmpty();
		}
		if (!added.isEmpty()) {
			assertThat(dropped).doesNotContain(added.get(added.size() - 1));
		}
		if (overflow == OverflowStrategy.KEEP_LATEST) {
			assertThat(dropped).allSatisfy(
					(frame) -> assertThat(later(added, frame)).extracting(Frame::getName).contains(frame.getName()));
		}
	}

	private static int largest(List<Frame> frames) {
		return frames.stream().mapToInt(Frame::size).max().orElse(0);
	}

	/**
	 * Return what was added and not taken; what was taken came in the order of its
	 * addition.
	 */
	private static List<Frame> dropped(List<Frame> added, String taken) {
		List<Frame> dropped = new ArrayList<>();
		int offset = 0;
		for (Frame frame : added) {
			if (taken.startsWith(frame.toString(), offset)) {
				offset += frame.size();
			}
			else {
				dropped.add(frame);
			}
		}
		assertThat(offset).as("nothing else was taken").isEqualTo(taken.length());
		return dropped;
	}

	private static List<Frame> later(List<Frame> added, Frame frame) {
		return added.subList(added.indexOf(frame) + 1, added.size());
	}

}
