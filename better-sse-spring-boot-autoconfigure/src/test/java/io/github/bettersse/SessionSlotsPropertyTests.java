package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever comes and goes, in whatever order: a place is refused if and only if a limit is
 * reached.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE, tries = 300)
class SessionSlotsPropertyTests {

	/**
	 * One thing that happens.
	 *
	 * @param user who comes
	 * @param address from where
	 * @param leaving which of those that are there leaves instead, or -1
	 */
	private record Step(@Nullable String user, @Nullable String address, int leaving) {
	}

	private record Taken(Step step, SessionSlot slot) {
	}

	@Property
	void refusesIfAndOnlyIfALimitIsReached(@ForAll("steps") List<Step> steps, @ForAll @IntRange(max = 6) int all,
			@ForAll @IntRange(max = 3) int perUser, @ForAll @IntRange(max = 3) int perAddress) {
		SessionSlots slots = new SessionSlots(
				SseLimits.none().maxSessions(all).maxSessionsPerUser(perUser).maxSessionsPerAddress(perAddress),
				new ManualTimer());
		List<Taken> taken = new ArrayList<>();
		try (LibraryLog log = new LibraryLog()) {
			for (Step step : steps) {
				if (step.leaving() >= 0) {
					if (!taken.isEmpty()) {
						taken.remove(step.leaving() % taken.size()).slot().free();
					}
					continue;
				}
				SessionSlot slot = slots.take(step.user(), step.address());
				assertThat(slot.exceeded()).isEqualTo(expected(taken, step, all, perUser, perAddress));
				if (slot.exceeded() == null) {
					taken.add(new Taken(step, slot));
				}
				else {
					slot.free();
				}
				assertThat(slots.usage().sessionCount()).isEqualTo(taken.size());
			}
			log.takeWarnings();
		}
		taken.forEach((one) -> one.slot().free());
		LimitUsage usage = slots.usage();
		assertThat(List.of(usage.sessionCount(), usage.greatestUserCount(), usage.greatestAddressCount()))
			.containsOnly(0);
	}

	private static @Nullable Limit expected(List<Taken> taken, Step step, int all, int perUser, int perAddress) {
		if (all > 0 && taken.size() >= all) {
			return Limit.SESSIONS;
		}
		if (perUser > 0 && step.user() != null
				&& taken.stream().filter((one) -> step.user().equals(one.step().user())).count() >= perUser) {
			return Limit.SESSIONS_PER_USER;
		}
		boolean full = perAddress > 0 && step.address() != null
				&& taken.stream().filter((one) -> step.address().equals(one.step().address())).count() >= perAddress;
		return full ? Limit.SESSIONS_PER_ADDRESS : null;
	}

	/** In no second more than twice the rate, and in no long time more than the rate. */
	@Property
	void rateHolds(@ForAll @IntRange(min = 1, max = 20) int perSecond, @ForAll("pauses") List<Integer> pauses) {
		ManualTimer timer = new ManualTimer();
		ConnectRate rate = new ConnectRate(perSecond, timer);
		long elapsed = 0;
		int taken = 0;
		for (int pause : pauses) {
			timer.advance(Duration.ofMillis(pause));
			elapsed += pause;
			taken += rate.take() ? 1 : 0;
			assertThat((double) taken).isLessThanOrEqualTo(perSecond + perSecond * elapsed / 1000.0);
		}
		timer.advance(Duration.ofSeconds(1));
		for (int i = 0; i < perSecond; i++) {
			assertThat(rate.take()).as("connect %d after a pause", i).isTrue();
		}
		assertThat(rate.take()).isFalse();
	}

	@Provide
	Arbitrary<List<Step>> steps() {
		Arbitrary<String> user = Arbitraries.of("ann", "bob", "cal").injectNull(0.2);
		Arbitrary<String> address = Arbitraries.of("1", "2", "3").injectNull(0.2);
		Arbitrary<Integer> leaving = Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.just(-1)),
				Tuple.of(1, Arbitraries.integers().between(0, 9)));
		return Combinators.combine(user, address, leaving).as(Step::new).list().ofMaxSize(60);
	}

	@Provide
	Arbitrary<List<Integer>> pauses() {
		return Arbitraries.integers().between(0, 300).list().ofMaxSize(100);
	}

}
