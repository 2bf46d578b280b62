package io.github.bettersse.redis;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;

import io.github.bettersse.ClosingAfterEach;
import io.github.bettersse.LibraryLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A loop whose link to Redis is lost again and again: an operator is warned once a
 * minute, and told how often it happened meanwhile.
 */
class RedisLoopTests extends ClosingAfterEach {

	private static final String LOST = "WARNING test has lost Redis and tries again: ";

	private static final String CONNECTED = "test is connected with Redis again";

	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5));

	private final LibraryLog log = closing(new LibraryLog());

	private final RedisProxy proxy = closing(new RedisProxy(SharedRedis.server().port()));

	/** How often the loop may go on. */
	private final Semaphore turns = new Semaphore(0);

	/** What came of each turn. */
	private final BlockingQueue<String> results = new LinkedBlockingQueue<>();

	@BeforeEach
	void start() throws Exception {
		LettuceConnectionFactory connections = RedisProcess.connections(this.proxy.port());
		this.<AutoCloseable>closing(connections::destroy);
		closing(new RedisLoop("test", connections, this::ping, this.clock::get)).start();
		assertThat(nextResult()).isEqualTo("PONG");
	}

	private void ping(RedisLink link) throws Exception {
		this.turns.acquire();
		String result = "failed";
		try {
			result = String.valueOf(link.connection().ping());
		}
		finally {
			this.results.add(result);
		}
	}

	/** Let it have a turn, and wait until it would have the next one. */
	private String nextResult() throws InterruptedException {
		this.turns.release();
		String result = this.results.poll(10, TimeUnit.SECONDS);
		await().until(this.turns::hasQueuedThreads);
		return result;
	}

	@Test
	void linkThatFlapsIsWarnedOfOnceAMinute() throws Exception {
		cut();
		assertWarned("");
		cut();
		pass(59);
		cut();
		assertThat(this.log.takeWarnings()).isEmpty();
		pass(1);
		cut();
		assertWarned(" (and 2 times more since the last warning)");
		assertThat(this.log.messages(Level.INFO)).as("after a warning only").containsExactly(CONNECTED, CONNECTED);
		assertThat(this.log.messages(Level.FINE)).filteredOn(CONNECTED::equals).hasSize(2);
	}

	/** Else the last word on it could be that it is over. */
	@Test
	void outageThatLastsIsWarnedOfEachMinute() throws Exception {
		cut();
		assertWarned("");
		this.proxy.refuse(true);
		assertThat(nextResult()).isEqualTo("failed");
		assertThat(nextResult()).isEqualTo("failed");
		assertThat(this.log.takeWarnings()).isEmpty();
		pass(60);
		assertThat(nextResult()).isEqualTo("failed");
		assertWarned(" (and 2 times more since the last warning)");
		pass(60);
		assertThat(nextResult()).isEqualTo("failed");
		assertWarned("");
		this.proxy.refuse(false);
		assertThat(nextResult()).isEqualTo("PONG");
		assertThat(this.log.messages(Level.INFO)).containsExactly(CONNECTED, CONNECTED);
	}

	private void pass(long seconds) {
		this.clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
	}

	/** Lose the link, and have it again. */
	private void cut() throws Exception {
		this.proxy.cut();
		assertThat(nextResult()).isEqualTo("failed");
		assertThat(nextResult()).isEqualTo("PONG");
	}

	private void assertWarned(String more) {
		assertThat(this.log.takeWarnings()).singleElement()
			.extracting((warning) -> warning
				.replaceFirst(LOST + "\\S.*?( \\(and \\d+ times more since the last warning\\))?$", "$1"))
			.isEqualTo(more);
	}

}
