package io.github.bettersse.webmvc;

import java.util.List;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * Endpoints in a bare {@code @WebMvcTest}.
 */
@WebMvcTest
class MockMvcTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private MockMvc mockMvc;

	@Autowired
	private ChannelRegistry channels;

	@Test
	void aStreamThatEndsIsTheResponse() {
		assertThat(this.mvc.get().uri("/stream")).hasStatusOk()
			.hasHeader("Content-Type", "text/event-stream")
			.hasBodyTextEqualTo("retry: 2000\n\nid: 1\ndata: {\"text\":\"hello\"}\n\n");
	}

	@Test
	void aReturnedSourceIsTheResponse() throws Exception {
		MvcTestResult result = this.mvc.get().uri("/source").asyncExchange();
		await().until(() -> !result.getRequest().isAsyncStarted());
		assertThat(result).hasStatusOk().hasBodyTextEqualTo("retry: 2000\n\nid: 1\ndata: 1\n\nid: 2\ndata: 2\n\n");
	}

	@Test
	void aRefusalIsTheResponse() {
		assertThat(this.mvc.get().uri("/refused")).hasStatus(HttpStatus.CONFLICT).hasBodyTextEqualTo("");
	}

	@Test
	void aStreamThatStaysOpenGetsBroadcasts() throws Exception {
		MockHttpServletResponse response = this.mockMvc.perform(get("/open")).andReturn().getResponse();
		Channel<Void, Object> channel = this.channels.channel("open");
		assertThat(channel.getSessionCount()).isEqualTo(1);
		channel.broadcast(SseEvent.of(7).id("1"));
		await().untilAsserted(
				() -> assertThat(response.getContentAsString()).isEqualTo("retry: 2000\n\nid: 1\ndata: 7\n\n"));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@Import(Streams.class)
	static class Application {

	}

	@RestController
	static class Streams {

		private final ChannelRegistry channels;

		Streams(ChannelRegistry channels) {
			this.channels = channels;
		}

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			session.push(SseEvent.of(new Message("hello")).id("1")).close();
		}

		@SseEndpoint("/source")
		List<SseEvent> source() {
			return List.of(SseEvent.of(1).id("1"), SseEvent.of(2).id("2"));
		}

		@SseEndpoint("/open")
		void open(Session<?> session) {
			this.channels.channel("open").register(session);
		}

		@SseEndpoint("/refused")
		ResponseEntity<Void> refused(Session<?> session) {
			return ResponseEntity.status(HttpStatus.CONFLICT).build();
		}

	}

	record Message(String text) {
	}

}
