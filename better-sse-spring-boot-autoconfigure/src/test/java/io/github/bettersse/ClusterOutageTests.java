package io.github.bettersse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import io.github.bettersse.event.SseEvent;
import io.github.bettersse.redis.RedisEventLog;
import io.github.bettersse.redis.RedisLogSettings;
import io.github.bettersse.redis.RedisProcess;
import io.github.bettersse.redis.RedisProxy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many publishers while Redis is away, and more of them than may wait for it: each is
 * told in time what has become of its event, and that is so.
 */
class ClusterOutageTests extends ClosingAfterEach {

	private static final int WINDOW = 2;

	private static final int CALLERS = 8;

	private static final String UNANSWERED = "Redis has not acknowledged the event within 1000 ms; "
			+ "whether it is in the log is unknown.";

	private static final String FULL = "Cannot broadcast: 2 events were waiting for Redis for 1000 ms.";

	private static final Pattern DATA = Pattern.compile("(?m)^data: (.+)$");

	private final ExecutorService callers = Executors.newCachedThreadPool();

	private final RedisProcess redis = closing(RedisProcess.start());

	private final RedisProxy link = closing(new RedisProxy(this.redis.port()));

	private final ClusterNode one = newNode(this.link.port(), Duration.ofSeconds(1), WINDOW);

	private final ClusterNode two = newNode(this.redis.port(), Duration.ofSeconds(20), 1024);

	/** By what was broadcast: what its publisher was told. */
	private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

	private enum Outcome {

		ACKNOWLEDGED, UNKNOWN, REFUSED

	}

	enum Outage {

		FROZEN, CUT, WITHOUT_ANSWERS

	}

	private ClusterNode newNode(int port, Duration appendTimeout, int maxInFlight) {
		LettuceConnectionFactory connections = RedisProcess.connections(port);
		this.<AutoCloseable>closing(connections::destroy);
		return closing(new ClusterNode(new RedisEventLog(connections, new RedisLogSettings("log", "node", 0,
				appendTimeout, maxInFlight, 1024 * 1024, 32 * 1024 * 1024, Duration.ofDays(1), 64 * 1024 * 1024))));
	}

	@ParameterizedTest
	@EnumSource
	void publishersAreToldWhatHasBecomeOfTheirEvents(Outage outage) {
		this.<AutoCloseable>closing(this.callers::shutdownNow);
		TestClient<Object> near = connect(this.one);
		TestClient<Object> far = connect(this.two);
		news(this.two).broadcast(SseEvent.raw("before"));
		TestEngine.await().untilAsserted(() -> assertThat(received(near)).containsExactly("before"));
		begin(outage);
		List<CompletableFuture<Void>> publishing = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			String number = String.valueOf(i);
			publishing.add(CompletableFuture.runAsync(() -> broadcast("sync" + number), this.callers));
			publishing.add(CompletableFuture.runAsync(() -> broadcastAsync("async" + number), this.callers));
		}
		for (String kind : List.of("sync", "async")) {
			TestEngine.await().until(() -> texts(Outcome.REFUSED).stream().anyMatch((text) -> text.startsWith(kind)));
		}
		end(outage);
		TestEngine.join(CompletableFuture.allOf(publishing.toArray(CompletableFuture[]::new)));
		AtomicInteger tries = new AtomicInteger();
		TestEngine.await().until(() -> broadcast("after" + tries.incrementAndGet()) == Outcome.ACKNOWLEDGED);
		news(this.two).broadcast(SseEvent.raw("end"));
		TestEngine.await().untilAsserted(() -> assertThat(received(near)).endsWith("end").isEqualTo(received(far)));
		List<String> received = received(far);
		assertThat(received).startsWith("before").doesNotHaveDuplicates();
		assertThat(received).containsAll(texts(Outcome.ACKNOWLEDGED));
		assertThat(received).doesNotContainAnyElementsOf(texts(Outcome.REFUSED));
		TestClient<Object> late = this.two.connect("", "",
				(session) -> news(this.two).register(session, ReplayFrom.all()));
		TestEngine.await().untilAsserted(() -> assertThat(received(late)).isEqualTo(received));
	}

	private void begin(Outage outage) {
		switch (outage) {
			case FROZEN -> this.redis.freeze();
			case CUT -> this.link.refuse(true);
			case WITHOUT_ANSWERS -> this.link.loseAnswers(true);
		}
	}

	private void end(Outage outage) {
		switch (outage) {
			case FROZEN -> this.redis.resume();
			case CUT -> this.link.refuse(false);
			case WITHOUT_ANSWERS -> {
				this.link.loseAnswers(false);
				this.link.cut();
			}
		}
	}

	private Outcome broadcast(String text) {
		return told(text, () -> news(this.one).broadcast(SseEvent.raw(text)));
	}

	private Outcome broadcastAsync(String text) {
		return told(text, () -> news(this.one).broadcastAsync(SseEvent.raw(text)).join());
	}

	private Outcome told(String text, Runnable broadcast) {
		Outcome outcome = Outcome.ACKNOWLEDGED;
		try {
			broadcast.run();
		}
		catch (SseException | CompletionException ex) {
			outcome = FULL.equals(ex.getMessage()) ? Outcome.REFUSED : Outcome.UNKNOWN;
			if (outcome == Outcome.UNKNOWN) {
				assertThat(ex).cause().isInstanceOf(SseException.class).hasMessage(UNANSWERED);
			}
		}
		this.outcomes.put(text, outcome);
		return outcome;
	}

	/** Return what was broadcast, and its publishers were told this. */
	private Set<String> texts(Outcome outcome) {
		Set<String> texts = new HashSet<>(this.outcomes.keySet());
		texts.removeIf((text) -> this.outcomes.get(text) != outcome);
		return texts;
	}

	private static TestClient<Object> connect(ClusterNode node) {
		return node.connect("", "", (session) -> news(node).register(session));
	}

	private static Channel<Void, Object> news(ClusterNode node) {
		return node.channel("news", History.ofEvents(100));
	}

	private static List<String> received(TestClient<?> client) {
		return DATA.matcher(client.connection().received()).results().map((data) -> data.group(1)).toList();
	}

}
