package io.github.bettersse.clients;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelOptions;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.History;
import io.github.bettersse.Session;
import io.github.bettersse.tools.Browser;
import io.github.bettersse.tools.CuttingProxy;
import io.github.bettersse.webmvc.SseEndpoint;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A plain {@code EventSource} in a browser loses its connection on the way, before and
 * after its first event, and comes back by itself.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "better-sse.retry=50ms", "spring.web.resources.static-locations=file:src/test/node/" })
class LostConnectionTests {

	private static final String OPEN = """
			window.received = [];
			window.opened = 0;
			window.source = new EventSource("/news");
			source.onopen = () => opened++;
			source.addEventListener("stream-cursor", (event) => window.cursor = event.lastEventId);
			source.onmessage = (event) => received.push(JSON.parse(event.data));
			source.addEventListener("stream-reset", (event) => received.push(event.data));
			""";

	private final NewsController news;

	private final int port;

	LostConnectionTests(@Autowired NewsController news, @LocalServerPort int port) {
		this.news = news;
		this.port = port;
	}

	@Test
	void nothingIsLost() throws IOException {
		ChromeDriver browser = Browser.start();
		try (CuttingProxy proxy = new CuttingProxy(this.port)) {
			browser.get("http://localhost:" + proxy.port() + "/event-source.mjs");
			browser.executeScript(OPEN);
			soon().until(() -> this.news.channel.getPosition().equals(browser.executeScript("return cursor")));
			proxy.cut();
			this.news.broadcast(0, 5);
			awaitReceived(browser, 5);
			proxy.cut();
			this.news.broadcast(5, 8);
			awaitReceived(browser, 8);
			this.news.broadcast(8, 10);
			awaitReceived(browser, 10);
			assertThat(browser.executeScript("return opened")).isEqualTo(3L);
		}
		finally {
			browser.quit();
		}
	}

	private static void awaitReceived(ChromeDriver browser, int count) {
		List<Long> expected = LongStream.range(0, count).boxed().toList();
		soon().untilAsserted(() -> assertThat(browser.executeScript("return received")).isEqualTo(expected));
	}

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(20));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(NewsController.class)
	static class Application {

	}

	@RestController
	static class NewsController {

		private final Channel<Void, Object> channel;

		NewsController(ChannelRegistry channels) {
			this.channel = channels.channel("news",
					ChannelOptions.<Void, Object>builder().history(History.ofEvents(10)).build());
		}

		@SseEndpoint("/news")
		void connect(Session<Void> session) {
			this.channel.register(session);
		}

		void broadcast(int from, int to) {
			for (int i = from; i < to; i++) {
				this.channel.broadcast(i);
			}
		}

	}

}
