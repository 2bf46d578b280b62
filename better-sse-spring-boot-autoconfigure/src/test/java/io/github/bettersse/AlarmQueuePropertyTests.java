package io.github.bettersse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is set, taken and cancelled: the first one is always one of those that are due
 * first, also where the clock wraps around.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, tries = 300)
class AlarmQueuePropertyTests {

	private static final long START = Long.MAX_VALUE - 500;

	private enum Kind {

		SET, TAKE, UNSET, CANCEL, CLEAR

	}

	private record Step(Kind kind, int alarm, int dueAfter) {
	}

	/** What an alarm should do, told by a list that is searched. */
	private static final class Expected extends Alarm {

		private boolean set;

		private boolean cancelled;

		private long due;

		@Override
		void ring() {
			this.set = false;
		}

	}

	@Property
	void firstIsDueFirst(@ForAll("steps") List<Step> steps) {
		AlarmQueue queue = new AlarmQueue();
		List<Expected> all = new ArrayList<>(Stream.generate(Expected::new).limit(40).toList());
		for (Step step : steps) {
			apply(step, queue, all);
			List<Expected> set = all.stream().filter((alarm) -> alarm.set).toList();
			assertThat(queue.size()).isEqualTo(set.size());
			Optional<Long> first = set.stream()
				.map((alarm) -> alarm.due)
				.min(Comparator.comparing((due) -> due - START));
			assertThat(Optional.ofNullable(queue.first()).map((alarm) -> alarm.dueAt)).isEqualTo(first);
		}
	}

	private static void apply(Step step, AlarmQueue queue, List<Expected> all) {
		Expected alarm = all.get(step.alarm());
		long due = START + step.dueAfter();
		switch (step.kind()) {
			case SET -> {
				queue.set(alarm, due);
				if (!alarm.cancelled && (!alarm.set || due - alarm.due < 0)) {
					alarm.set = true;
					alarm.due = due;
				}
			}
			case TAKE -> {
				Alarm first = queue.first();
				if (first != null) {
					queue.unset(first);
					first.ring();
				}
			}
			case UNSET -> {
				queue.unset(alarm);
				alarm.set = false;
			}
			case CANCEL -> {
				queue.cancel(alarm);
				alarm.set = false;
				alarm.cancelled = true;
			}
			case CLEAR -> {
				queue.clear();
				all.stream().filter((other) -> other.set).forEach((other) -> {
					other.set = false;
					other.cancelled = true;
				});
			}
		}
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<Kind> kinds = Arbitraries.frequencyOf(Tuple.of(60, Arbitraries.just(Kind.SET)),
				Tuple.of(20, Arbitraries.just(Kind.TAKE)), Tuple.of(15, Arbitraries.just(Kind.UNSET)),
				Tuple.of(4, Arbitraries.just(Kind.CANCEL)), Tuple.of(1, Arbitraries.just(Kind.CLEAR)));
		return Combinators
			.combine(kinds, Arbitraries.integers().between(0, 39), Arbitraries.integers().between(0, 1000))
			.as(Step::new)
			.list()
			.ofMaxSize(200);
	}

}
