package io.github.bettersse.container;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.History;
import io.github.bettersse.OverflowStrategy;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;

import org.springframework.context.annotation.Bean;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of the application, with a record of the sessions and of why they ended.
 */
@RestController
class Streams {

	private final BlockingQueue<Session<?>> opened = new LinkedBlockingQueue<>();

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private final AtomicInteger unreported = new AtomicInteger();

	private final Channel<Void, Object> news;

	private final Channel<Void, Object> last;

	private final Channel<Void, Object> kept;

	Streams(ChannelRegistry channels) {
		this.news = channels.channel("news");
		this.last = channels.channel("last");
		this.kept = channels.channel("kept",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(20_000)).build());
	}

	Channel<Void, Object> news() {
		return this.news;
	}

	Channel<Void, Object> last() {
		return this.last;
	}

	/** Return the channel that keeps history. */
	Channel<Void, Object> kept() {
		return this.kept;
	}

	/** Wait for the next session that is opened. */
	Session<?> nextSession() throws InterruptedException {
		Session<?> session = this.opened.poll(10, TimeUnit.SECONDS);
		assertThat(session).as("a session within 10 s").isNotNull();
		return session;
	}

	/** Wait for the reason of the next session that ends. */
	DisconnectReason nextReason() throws InterruptedException {
		DisconnectReason reason = this.reasons.poll(10, TimeUnit.SECONDS);
		assertThat(reason).as("the end of a session within 10 s").isNotNull();
		return reason;
	}

	/** Return how many sessions have ended whose reason was not taken. */
	int endedCount() {
		return this.reasons.size();
	}

	/** Return how many sessions were opened whose end was not reported. */
	int unreportedCount() {
		return this.unreported.get();
	}

	/** Forget what a test has left. */
	void clear() {
		this.opened.clear();
		this.reasons.clear();
	}

	private void record(Session<?> session) {
		this.unreported.incrementAndGet();
		session.onDisconnected((reason) -> {
			this.reasons.add(reason);
			this.unreported.decrementAndGet();
		});
		this.opened.add(session);
	}

	@SseEndpoint("/stream")
	void stream(Session<?> session) {
		record(session);
	}

	@SseEndpoint(path = "/keep-alive", keepAlive = "50ms")
	void keepAlive(Session<?> session) {
		record(session);
	}

	/** With keep-alive, since Jetty misses a reset now and then until the next write. */
	@SseEndpoint(path = "/news", keepAlive = "1s")
	void news(Session<?> session) {
		record(session);
		this.news.register(session);
	}

	@SseEndpoint("/quiet-news")
	void quietNews(Session<?> session) {
		news(session);
	}

	@SseEndpoint(path = "/posted", method = RequestMethod.POST)
	void posted(Session<?> session, @RequestBody String body) {
		record(session);
		session.push(SseEvent.of(body).id("1"));
	}

	@SseEndpoint("/loop")
	void loop(Session<?> session) {
		record(session);
		for (int i = 0; i < 10; i++) {
			session.push(SseEvent.of(i).id("" + i));
		}
		session.close();
	}

	@SseEndpoint("/refused")
	ResponseEntity<Void> refused(Session<?> session) {
		record(session);
		return ResponseEntity.noContent().build();
	}

	@SseEndpoint("/fails")
	void fails(Session<?> session) {
		record(session);
		throw new IllegalStateException("before the first push");
	}

	@SseEndpoint("/fails-later")
	void failsLater(Session<?> session) {
		record(session);
		session.push(SseEvent.of("last").id("1"));
		throw new IllegalStateException("after the first push");
	}

	@SseEndpoint(path = "/oldest-dropped", options = "dropOldest")
	void oldestDropped(Session<?> session) {
		news(session);
	}

	@SseEndpoint(path = "/latest-kept", options = "keepLatest")
	void latestKept(Session<?> session) {
		news(session);
	}

	@SseEndpoint(path = "/small-queue", options = "smallQueue")
	void smallQueue(Session<?> session) {
		record(session);
		this.news.register(session);
	}

	@SseEndpoint("/last")
	void last(Session<?> session) {
		record(session);
		this.last.register(session);
	}

	@SseEndpoint("/kept")
	void kept(Session<?> session) {
		record(session);
		this.kept.register(session);
	}

	@SseEndpoint(path = "/patient", options = "patient")
	void patient(Session<?> session) {
		record(session);
	}

	@SseEndpoint(path = "/impatient", options = "impatient")
	void impatient(Session<?> session) {
		record(session);
		this.news.register(session);
	}

	@Bean
	SessionOptions<Object> dropOldest() {
		return SessionOptions.builder().overflow(OverflowStrategy.DROP_OLDEST).build();
	}

	@Bean
	SessionOptions<Object> keepLatest() {
		return SessionOptions.builder().overflow(OverflowStrategy.KEEP_LATEST).build();
	}

	@Bean
	SessionOptions<Object> smallQueue() {
		return SessionOptions.builder().maxQueueSize(2 * 1024 * 1024).build();
	}

	@Bean
	SessionOptions<Object> patient() {
		return SessionOptions.builder().maxQueueSize(Integer.MAX_VALUE).build();
	}

	@Bean
	SessionOptions<Object> impatient() {
		return SessionOptions.builder().maxQueueSize(Integer.MAX_VALUE).writeTimeout(Duration.ofMillis(300)).build();
	}

}
