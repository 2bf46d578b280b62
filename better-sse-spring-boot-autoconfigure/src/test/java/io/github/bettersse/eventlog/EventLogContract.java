package io.github.bettersse.eventlog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.EventId;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every event log must do; extended by the tests of each of them.
 */
public abstract class EventLogContract {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private final EventLog log = createLog();

	private final List<LogEntry> followed = Collections.synchronizedList(new ArrayList<>());

	/**
	 * Create the log to test.
	 * @return a log without a follower
	 */
	protected abstract EventLog createLog();

	@Test
	void positionsBeginAtZeroAndIncreaseByOne() {
		this.log.follow(this.followed::add);
		Position start = this.log.getPosition();
		assertThat(start.sequence()).isZero();
		assertThat(EventId.isPosition(start.toString())).isTrue();
		assertThat(append("news", SseEvent.of("a"))).isEqualTo(new Position(start.epoch(), 1));
		assertThat(append("weather", SseEvent.of("b"))).isEqualTo(new Position(start.epoch(), 2));
		assertThat(append("news", SseEvent.of("c"))).isEqualTo(new Position(start.epoch(), 3));
		assertThat(this.log.getPosition()).isEqualTo(new Position(start.epoch(), 3));
	}

	@Test
	void eventWasHandedToTheFollowerWhenItsFutureCompletes() {
		this.log.follow(this.followed::add);
		SseEvent event = SseEvent.of("a").name("n");
		Position position = append("news", event);
		LogEntry entry = this.followed.get(0);
		assertThat(this.followed).hasSize(1);
		assertThat(entry.position()).isEqualTo(position);
		assertThat(entry.channel()).isEqualTo("news");
		assertThat(entry.event().getName()).isEqualTo("n");
		assertThat(entry.frame()).hasToString("event: n\nid: " + position + "\ndata: a\n\n");
		assertThat(entry.frame().getLastId()).isEqualTo(position.toString());
	}

	@Test
	void givenIdWinsOverThePosition() {
		this.log.follow(this.followed::add);
		Position first = append("news", SseEvent.of("a").id("mine"));
		Position second = append("news", SseEvent.of("b").id(""));
		assertThat(second).isEqualTo(first.next());
		assertThat(this.followed).extracting((entry) -> entry.frame().toString())
			.containsExactly("id: mine\ndata: a\n\n", "id:\ndata: b\n\n");
	}

	@Test
	void followerGetsNothingOfWhatWasAppendedBefore() {
		Position before = append("news", SseEvent.of("a"));
		this.log.follow(this.followed::add);
		Position position = append("news", SseEvent.of("b"));
		assertThat(position).isEqualTo(before.next());
		assertThat(this.followed).extracting(LogEntry::position).containsExactly(position);
	}

	@Test
	void thereIsOneFollower() {
		this.log.follow(this.followed::add);
		assertThatIllegalStateException().isThrownBy(() -> this.log.follow(this.followed::add));
		append("news", SseEvent.of("a"));
		assertThat(this.followed).hasSize(1);
	}

	@Test
	void allThreadsAppendInOneOrderWhichTheFollowerSees() throws Exception {
		int threads = 4;
		int events = 500;
		this.log.follow(this.followed::add);
		List<Position> positions = Collections.synchronizedList(new ArrayList<>());
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			CountDownLatch start = new CountDownLatch(threads);
			List<Future<?>> appending = new ArrayList<>();
			for (int thread = 0; thread < threads; thread++) {
				String channel = "channel" + thread;
				appending.add(executor.submit(() -> {
					start.countDown();
					start.await();
					for (int event = 0; event < events; event++) {
						positions.add(append(channel, SseEvent.of(event)));
					}
					return null;
				}));
			}
			for (Future<?> future : appending) {
				future.get(30, TimeUnit.SECONDS);
			}
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.followed).hasSize(threads * events);
		for (int i = 0; i < this.followed.size(); i++) {
			assertThat(this.followed.get(i).position().sequence()).isEqualTo(i + 1);
		}
		assertThat(positions)
			.containsExactlyInAnyOrderElementsOf(this.followed.stream().map(LogEntry::position).toList());
		for (int thread = 0; thread < threads; thread++) {
			String channel = "channel" + thread;
			assertThat(this.followed.stream()
				.filter((entry) -> entry.channel().equals(channel))
				.map((entry) -> entry.event().getData())
				.map(String::valueOf)
				.mapToInt(Integer::parseInt)).isSorted().hasSize(events);
		}
	}

	private Position append(String channel, SseEvent event) {
		return this.log.append(new LogEvent(channel, event, ENCODER.encode(event), null, Retention.NONE)).join();
	}

}
