package io.github.bettersse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.bettersse.tools.Browser;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Looks at the chat of somebody who loses the connection while others talk.
 */
class ResumeBrowserTests {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private ChromeDriver browser;

	private ConfigurableApplicationContext application;

	private int port;

	private SampleClient others;

	@BeforeEach
	void open() throws IOException {
		this.browser = Browser.start();
		this.browser.manage().window().setSize(new Dimension(1280, 960));
		Files.createDirectories(SCREENSHOTS);
		start();
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.browser.quit();
			this.application.close();
		}
	}

	private void start() {
		this.application = SpringApplication.run(SampleApplication.class, "--server.port=" + this.port);
		this.port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		this.others = new SampleClient(this.port);
	}

	private void join() {
		this.browser.get("http://localhost:" + this.port + "/");
		find("#username").sendKeys("Ada");
		find(".lobby button").click();
		awaitState("open");
	}

	@Test
	void messagesThatWereMissedAreMarked() throws IOException {
		try (EventStream bob = this.others.chat("Bob", "b-key")) {
			bob.next(2);
			join();
			say("Hello Ada");
			awaitMessages("Hello Ada");
			find(".cut").click();
			awaitState("reconnecting");
			assertThat(find(".cut").isEnabled()).isFalse();
			assertThat(find(".composer button").isEnabled()).isFalse();
			assertPageFitsNarrowWindow();
			say("Are you there?", "You must have lost your connection.", "But you will get this.");
			awaitState("open");
			awaitMessages("Hello Ada", "Are you there?", "You must have lost your connection.",
					"But you will get this.");
			say("Welcome back");
			awaitMessages("Hello Ada", "Are you there?", "You must have lost your connection.",
					"But you will get this.", "Welcome back");
			assertThat(texts(".log .missed p")).containsExactly("Are you there?", "You must have lost your connection.",
					"But you will get this.");
			assertThat(texts(".log .missed-count")).containsExactly("3 messages you missed");
			assertThat(texts(".log .gap")).isEmpty();
			assertThat(find(".cut").isEnabled()).isTrue();
			screenshot("missed-light", "light");
			screenshot("missed-dark", "dark");
		}
	}

	@Test
	void newcomerSeesWhatWasSaidLast() {
		try (EventStream bob = this.others.chat("Bob", "b-key")) {
			bob.next(2);
			say("One", "Two");
			join();
			awaitMessages("One", "Two");
			assertThat(texts(".log .missed")).isEmpty();
			find(".leave").click();
			find(".lobby button").click();
			awaitState("open");
			awaitMessages("One", "Two");
		}
	}

	@Test
	void lossIsTold() throws IOException {
		join();
		this.application.close();
		awaitState("reconnecting");
		start();
		awaitState("open");
		soon().untilAsserted(() -> assertThat(texts(".log .gap"))
			.containsExactly("The server has started anew. What was said meanwhile is lost."));
		screenshot("gap-light", "light");
		screenshot("gap-dark", "dark");
	}

	private void assertPageFitsNarrowWindow() {
		this.browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 360, "height", 1640, "deviceScaleFactor", 1, "mobile", true));
		// The chart follows the window a moment later.
		soon().untilAsserted(() -> {
			assertThat(this.browser.executeScript("return innerWidth")).isEqualTo(360L);
			assertThat(this.browser.executeScript("return document.documentElement.scrollWidth")).isEqualTo(360L);
		});
		this.browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
	}

	private void say(String... texts) {
		for (String text : texts) {
			assertThat(this.others.say("b-key", text)).isEqualTo(202);
		}
	}

	private void awaitMessages(String... texts) {
		soon().untilAsserted(() -> assertThat(texts(".log .message p")).containsExactly(texts));
	}

	private void awaitState(String state) {
		soon().until(() -> find("#chat .state").getText().equals(state));
	}

	private List<String> texts(String selector) {
		return this.browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	private WebElement find(String selector) {
		return this.browser.findElement(By.cssSelector(selector));
	}

	private void screenshot(String name, String scheme) throws IOException {
		this.browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		Files.write(SCREENSHOTS.resolve(name + ".png"), this.browser.getScreenshotAs(OutputType.BYTES));
	}

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(20)).ignoreExceptions();
	}

}
