package io.github.bettersse.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.docs.Document.Snippet;
import io.github.bettersse.tools.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the JavaScript about the browser client in a browser, against the Java of the
 * recipes.
 */
@SpringBootTest(classes = SnippetTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BrowserSnippetTests {

	private static final List<Snippet> SNIPPETS = Document.read("docs/browser-client.md").snippets("javascript");

	private static final String RUN = """
			window.printed = [];
			console.log = (...values) => printed.push(values.join(" ").trim());
			const script = document.createElement("script");
			script.type = "module";
			script.textContent = arguments[0];
			document.head.append(script);
			""";

	private static ChromeDriver browser;

	private final ChannelRegistry channels;

	private final String server;

	BrowserSnippetTests(@Autowired ChannelRegistry channels, @LocalServerPort int port) {
		this.channels = channels;
		this.server = "http://localhost:" + port;
	}

	@BeforeAll
	static void start() throws Exception {
		browser = Browser.start();
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.quit();
		}
	}

	@Test
	void streamIsOpen() {
		run("/sse");
		awaitPrinted("open", "Hello world!");
	}

	@Test
	void bytesAreBytes() throws IOException {
		run("/thumbnails");
		awaitPrinted(Long.toString(Files.size(Path.of("src/main/resources/static/icon.svg"))));
	}

	@Test
	void callbacksAreCalled() {
		run("/headlines");
		awaitPrinted("open");
		this.channels.find("headlines").orElseThrow().broadcast("News");
		awaitPrinted("open", "News");
		this.channels.find("headlines").orElseThrow().getSessions().forEach((session) -> session.disconnect());
		awaitPrinted("open", "News", "closed", "Over: disconnect");
	}

	@Test
	void questionIsAsked() {
		run("/answers");
		awaitPrinted("to", "be", "done");
	}

	@Test
	void allSnippetsAreRunHere() {
		assertThat(SNIPPETS).hasSize(4);
	}

	private void run(String address) {
		browser.get(this.server + "/better-sse/client.d.ts"); // anything from there
		String script = SNIPPETS.stream()
			.map(Snippet::text)
			.filter((text) -> text.contains("connect(\"" + address + '"'))
			.findFirst()
			.orElseThrow();
		browser.executeScript(RUN, script);
	}

	private static void awaitPrinted(String... lines) {
		await().atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(browser.executeScript("return printed")).isEqualTo(List.of(lines)));
	}

}
