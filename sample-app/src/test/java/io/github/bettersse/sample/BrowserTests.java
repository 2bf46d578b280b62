package io.github.bettersse.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.tools.Browser;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Looks at the page with two tabs of a real browser. The screenshots stay in
 * {@code target/screenshots}.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BrowserTests {

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static ChromeDriver browser;

	private static ConfigurableApplicationContext application;

	private static int port;

	private String base;

	private String ada;

	private String bob;

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.quit();
		}
		if (application != null) {
			application.close();
		}
	}

	private static void startApplication(int wantedPort) {
		application = SpringApplication.run(SampleApplication.class, "--server.port=" + wantedPort);
		port = ((WebServerApplicationContext) application).getWebServer().getPort();
	}

	@BeforeEach
	void openTwoTabs() throws IOException {
		if (browser == null) { // here, so that each test is reported as skipped without
								// one
			browser = Browser.start();
			startApplication(0);
			Files.createDirectories(SCREENSHOTS);
		}
		this.base = browser.getWindowHandle();
		this.ada = openTab();
		this.bob = openTab();
		soon().until(() -> text(this.ada, "#ticker .online").equals("2 online"));
		soon().until(() -> text(this.bob, "#ticker .online").equals("2 online"));
	}

	@AfterEach
	void closeTabs() {
		if (browser != null) {
			browser.getWindowHandles()
				.stream()
				.filter((tab) -> !tab.equals(this.base))
				.forEach((tab) -> browser.switchTo().window(tab).close());
			browser.switchTo().window(this.base);
			Quiet.await(application.getBean(ChannelRegistry.class));
			application.getBean(ChannelRegistry.class).remove("chat"); // for newcomers
		}
	}

	@Test
	void bothTabsShowTheSameTick() {
		assertThat(text(this.ada, "#ticker .state")).isEqualTo("open");
		for (int i = 0; i < 3; i++) {
			String last = text(this.ada, ".count");
			soon().until(() -> !text(this.ada, ".count").equals(last));
			soon().until(() -> text(this.ada, ".count").equals(text(this.bob, ".count")));
		}
	}

	@Test
	void twoPeopleChat() {
		join(this.ada, "Ada");
		join(this.bob, "Bob");
		say(this.ada, "Hello <img src=x onerror=alert(1)>");
		say(this.bob, "Hello Ada");
		List<String> talk = List.of("Ada joined", "Bob joined", "Ada: Hello <img src=x onerror=alert(1)>",
				"Bob: Hello Ada");
		soon().untilAsserted(() -> assertThat(log(this.bob)).isEqualTo(talk));
		soon().untilAsserted(() -> assertThat(log(this.ada)).isEqualTo(talk));
		assertThat(texts(this.ada, ".people li")).containsExactly("Ada (you)", "Bob");
		find(this.bob, ".leave").click();
		soon().until(() -> texts(this.ada, ".people li").equals(List.of("Ada (you)")));
		assertThat(log(this.ada)).endsWith("Bob left");
		assertThat(find(this.bob, ".lobby").isDisplayed()).isTrue();
		assertThat(text(this.bob, "#chat .state")).isEqualTo("closed");
	}

	@Test
	void takenNameIsRefused() {
		join(this.ada, "Ada");
		enter(this.bob, "ada");
		soon().untilAsserted(() -> assertThat(text(this.bob, ".lobby .error")).isEqualTo("That name is taken."));
		screenshot(this.bob, "taken");
		assertThat(texts(this.ada, ".people li")).containsExactly("Ada (you)");
		join(this.bob, "Bob");
	}

	@Test
	void reloadedTabIsStillInTheChat() {
		join(this.ada, "Ada");
		join(this.bob, "Bob");
		browser.switchTo().window(this.ada).navigate().refresh();
		soon().until(() -> texts(this.ada, ".people li").equals(List.of("Ada (you)", "Bob")));
		say(this.ada, "Back again");
		soon().until(() -> log(this.bob).contains("Ada: Back again"));
	}

	@Test
	void tabsSurviveARestartOfTheServer() {
		join(this.ada, "Ada");
		join(this.bob, "Bob");
		application.close();
		for (String tab : List.of(this.ada, this.bob)) {
			soon().until(() -> texts(tab, ".state").equals(List.of("reconnecting", "reconnecting")));
		}
		screenshot(this.ada, "reconnecting");
		startApplication(port);
		for (String tab : List.of(this.ada, this.bob)) {
			soon().until(() -> texts(tab, ".state").equals(List.of("open", "open")));
			soon().until(() -> text(tab, "#ticker .online").equals("2 online"));
			soon().until(() -> texts(tab, ".people li").size() == 2);
		}
		say(this.ada, "Still here?");
		screenshot(this.ada, "reconnected");
		soon().until(() -> log(this.bob).contains("Ada: Still here?"));
	}

	@Test
	void pageFitsWideAndNarrowInLightAndDark() {
		join(this.ada, "Ada");
		join(this.bob, "Bob");
		say(this.ada, "My ticker shows the same number as yours.");
		say(this.bob, "And both say that two are online: https://example.org/" + "a-long-path/".repeat(6));
		soon().until(() -> log(this.ada).size() == 4);
		for (int width : new int[] { 1280, 360 }) {
			browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height",
					(width < 600) ? 1640 : 1080, "deviceScaleFactor", 1, "mobile", width < 600));
			assertPageFits(width, "light", "rgba(245, 246, 248, 1)");
			assertPageFits(width, "dark", "rgba(14, 18, 23, 1)");
		}
	}

	private void assertPageFits(int width, String scheme, String background) {
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		screenshot(this.ada, "page-" + width + "-" + scheme);
		assertThat(browser.executeScript("return innerWidth")).isEqualTo((long) width);
		// The chart follows the window a moment later.
		await().untilAsserted(() -> assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
			.isEqualTo((long) width));
		assertThat(find(this.ada, "body").getCssValue("background-color")).isEqualTo(background);
	}

	private static String openTab() {
		browser.switchTo().newWindow(WindowType.WINDOW).get("http://localhost:" + port + "/");
		browser.manage().window().setSize(new Dimension(1280, 960));
		return browser.getWindowHandle();
	}

	private static void join(String tab, String name) {
		enter(tab, name);
		soon().until(() -> texts(tab, ".people li").contains(name + " (you)"));
	}

	private static void enter(String tab, String name) {
		WebElement field = find(tab, "#username");
		field.clear();
		field.sendKeys(name);
		find(tab, ".lobby button").click();
	}

	private static void say(String tab, String text) {
		find(tab, ".composer input").sendKeys(text);
		find(tab, ".composer button").click();
		soon().until(() -> log(tab).stream().anyMatch((line) -> line.endsWith(": " + text)));
	}

	private static List<String> log(String tab) {
		return browser.switchTo()
			.window(tab)
			.findElements(By.cssSelector(".log li"))
			.stream()
			.map((item) -> item.findElements(By.cssSelector("b, p")).stream().map(WebElement::getText).toList())
			.map((parts) -> String.join(": ", parts))
			.toList();
	}

	private static String text(String tab, String selector) {
		return find(tab, selector).getText();
	}

	private static List<String> texts(String tab, String selector) {
		return browser.switchTo()
			.window(tab)
			.findElements(By.cssSelector(selector))
			.stream()
			.map(WebElement::getText)
			.toList();
	}

	private static WebElement find(String tab, String selector) {
		return browser.switchTo().window(tab).findElement(By.cssSelector(selector));
	}

	private static void screenshot(String tab, String name) {
		browser.switchTo().window(tab);
		try {
			Files.write(SCREENSHOTS.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(20)).ignoreExceptions();
	}

}
