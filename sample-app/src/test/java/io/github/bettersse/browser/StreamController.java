package io.github.bettersse.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.webmvc.SseEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Streams of the kinds that a client has to cope with.
 */
@RestController
class StreamController {

	/** What the next requests for {@code /refusing} are answered with. */
	final Queue<ResponseEntity<Void>> refusals = new ConcurrentLinkedQueue<>();

	/** The ids that clients came with. */
	final List<String> lastEventIds = new CopyOnWriteArrayList<>();

	final List<Session<?>> silent = new CopyOnWriteArrayList<>();

	volatile boolean hanging;

	final Channel<Void, Object> numbers;

	StreamController(ChannelRegistry channels) {
		this.numbers = channels.channel("numbers",
				ChannelOptions.<Void, Object>builder().history(History.ofEvents(100_000)).keepWhenEmpty().build());
	}

	@GetMapping(path = "/page", produces = MediaType.TEXT_HTML_VALUE)
	String page() {
		return "<!doctype html><title>Page</title>";
	}

	@GetMapping("/hanging")
	String hanging() {
		return String.valueOf(this.hanging);
	}

	@SseEndpoint(path = "/numbers", retry = "50ms")
	void numbers(Session<Object> session) {
		this.lastEventIds.add(session.getLastEventId());
		this.numbers.register(session);
	}

	@SseEndpoint(path = "/refusing", retry = "50ms")
	@Nullable ResponseEntity<Void> refusing(Session<Object> session) {
		this.lastEventIds.add(session.getLastEventId());
		ResponseEntity<Void> refusal = this.refusals.poll();
		if (refusal == null) {
			this.numbers.register(session);
		}
		return refusal;
	}

	@SseEndpoint(path = "/silent", retry = "50ms", keepAlive = "0")
	void silent(Session<Object> session) {
		this.silent.add(session);
		this.lastEventIds.add(session.getLastEventId());
	}

	@SseEndpoint("/kinds")
	void kinds(Session<Object> session) {
		session.push(Map.of("text", "äöü 語 🎈"), "json");
		session.push(SseEvent.raw("50 %\nof it").name("text"));
		session.push(SseEvent.raw("[1]").name("raw"));
		session.push("\0\u007f\u00ff".getBytes(StandardCharsets.ISO_8859_1), "bytes");
		session.push(Map.of("channel", "news"), "channel-revoked");
		session.push(true);
		session.disconnect();
	}

	@SseEndpoint(path = "/answers", method = RequestMethod.POST)
	@Nullable ResponseEntity<Void> answers(Session<Object> session, @RequestHeader("Authorization") String token,
			@RequestBody Map<String, String> question) {
		if (!token.equals("Bearer fresh")) {
			return ResponseEntity.status(401).build();
		}
		session.push(question.get("text").toUpperCase(), "answer");
		session.disconnect();
		return null;
	}

}
