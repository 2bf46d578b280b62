package io.github.bettersse.secured;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.webmvc.SseEndpoint;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.annotation.Bean;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The endpoints of the application, with a record of the sessions and of why they ended.
 */
@RestController
class SecuredStreams {

	private final BlockingQueue<Session<?>> opened = new LinkedBlockingQueue<>();

	private final BlockingQueue<DisconnectReason> reasons = new LinkedBlockingQueue<>();

	private final AtomicInteger unreported = new AtomicInteger();

	private final Channel<Void, Object> news;

	SecuredStreams(ChannelRegistry channels) {
		this.news = channels.channel("news");
	}

	Channel<Void, Object> news() {
		return this.news;
	}

	Session<?> nextSession() throws InterruptedException {
		Session<?> session = this.opened.poll(10, TimeUnit.SECONDS);
		assertThat(session).as("a session within 10 s").isNotNull();
		return session;
	}

	DisconnectReason nextReason() throws InterruptedException {
		DisconnectReason reason = this.reasons.poll(10, TimeUnit.SECONDS);
		assertThat(reason).as("the end of a session within 10 s").isNotNull();
		return reason;
	}

	/** Wait for the end of what a test has left, and forget it. */
	void clear() {
		await().untilAsserted(() -> assertThat(this.unreported).hasValue(0));
		this.opened.clear();
		this.reasons.clear();
	}

	@SseEndpoint(path = { "/api/stream", "/web/stream", "/web/public" }, keepAlive = "50ms")
	void stream(Session<?> session) {
		this.unreported.incrementAndGet();
		session.onDisconnected((reason) -> {
			this.reasons.add(reason);
			this.unreported.decrementAndGet();
		});
		this.news.register(session);
		this.opened.add(session);
	}

	@SseEndpoint(path = { "/api/posted", "/web/posted" }, method = RequestMethod.POST)
	void posted(Session<?> session) {
		stream(session);
	}

	@SseEndpoint(path = "/api/impatient", options = "impatient")
	void impatient(Session<?> session) {
		stream(session);
	}

	@GetMapping("/web/csrf")
	String csrf(CsrfToken token) {
		return token.getToken();
	}

	@PostMapping("/web/invalidate")
	void invalidate(HttpSession session) {
		session.invalidate();
	}

	@PostMapping("/web/expire-soon")
	void expireSoon(HttpSession session) {
		session.setMaxInactiveInterval(1);
	}

	@Bean
	SessionOptions<Object> impatient() {
		return SessionOptions.builder().maxQueueSize(Integer.MAX_VALUE).writeTimeout(Duration.ofMillis(300)).build();
	}

}
