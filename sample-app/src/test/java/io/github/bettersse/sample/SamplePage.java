package io.github.bettersse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.bettersse.tools.Browser;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A page of the sample in a browser, and the sample behind it.
 */
final class SamplePage implements AutoCloseable {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriver browser;

	private final ConfigurableApplicationContext application;

	private final int port;

	SamplePage(String path) throws IOException {
		this.browser = Browser.start();
		this.application = SpringApplication.run(SampleApplication.class, "--server.port=0");
		this.port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		open(path);
	}

	void open(String path) {
		this.browser.get("http://localhost:" + this.port + "/" + path);
	}

	ChromeDriver browser() {
		return this.browser;
	}

	int port() {
		return this.port;
	}

	<T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	WebElement find(String selector) {
		return this.browser.findElement(By.cssSelector(selector));
	}

	String text(String selector) {
		return find(selector).getText();
	}

	List<String> texts(String selector) {
		return this.browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	/** Look at it in windows of two widths and in both schemes. */
	void assertFits(String name) throws IOException {
		Files.createDirectories(SCREENSHOTS);
		for (int width : new int[] { 1280, 360 }) {
			this.browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height",
					(width < 600) ? 1640 : 1080, "deviceScaleFactor", 1, "mobile", width < 600));
			for (String scheme : List.of("light", "dark")) {
				this.browser.executeCdpCommand("Emulation.setEmulatedMedia",
						Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
				// A chart follows the window a moment later.
				soon().untilAsserted(() -> assertThat(
						(Long) this.browser.executeScript("return document.documentElement.scrollWidth"))
					.isBetween(width - 20L, (long) width)); // there may be a scroll bar
				assertThat(find("body").getCssValue("background-color"))
					.isEqualTo(scheme.equals("light") ? "rgba(245, 246, 248, 1)" : "rgba(14, 18, 23, 1)");
				Files.write(SCREENSHOTS.resolve(name + "-" + width + "-" + scheme + ".png"),
						this.browser.getScreenshotAs(OutputType.BYTES));
			}
		}
		this.browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
	}

	@Override
	public void close() {
		this.browser.quit();
		this.application.close();
	}

	static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
	}

}
