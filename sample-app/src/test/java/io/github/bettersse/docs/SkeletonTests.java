package io.github.bettersse.docs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.bettersse.SseEngine;
import io.github.bettersse.tools.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Looks at the page of the project that is there to be copied. Its own test runs where it
 * is built.
 */
class SkeletonTests {

	@Test
	void messagesAreInAllTabs(@TempDir Path directory) throws Exception {
		ChromeDriver browser = Browser.start();
		SnippetProject project = SnippetProject.copy(Document.root().resolve("docs/skeleton"), directory);
		try (URLClassLoader classes = new URLClassLoader(new URL[] { project.compile().toUri().toURL() });
				ConfigurableApplicationContext application = start(project, classes)) {
			int port = ((WebServerApplicationContext) application).getWebServer().getPort();
			browser.get("http://localhost:" + port + "/");
			String first = browser.getWindowHandle();
			send(browser, "one");
			send(browser, "two");
			browser.switchTo().newWindow(WindowType.TAB).get("http://localhost:" + port + "/");
			awaitMessages(browser, "two", "one");
			send(browser, "<b>three</b>");
			browser.switchTo().window(first);
			awaitMessages(browser, "<b>three</b>", "two", "one");
			assertThat(browser.findElement(By.tagName("output")).getText()).isEqualTo("open");
			assertThat(application.getBean(SseEngine.class).getSessionCount()).isEqualTo(1);
		}
		finally {
			browser.quit();
		}
	}

	private static ConfigurableApplicationContext start(SnippetProject project, ClassLoader classes) throws Exception {
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(classes),
				classes.loadClass("com.example.live.LiveApplication"));
		application.setRegisterShutdownHook(false);
		String resources = project.resources().toUri().toString();
		return application.run("--server.port=0", "--spring.config.location=" + resources,
				"--spring.web.resources.static-locations=" + resources + "static/");
	}

	private static void send(ChromeDriver browser, String text) {
		browser.findElement(By.tagName("input")).sendKeys(text);
		browser.findElement(By.tagName("button")).click();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> !messages(browser).isEmpty() && messages(browser).get(0).endsWith(" " + text));
	}

	private static void awaitMessages(ChromeDriver browser, String... texts) {
		await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
			assertThat(messages(browser)).hasSize(texts.length);
			assertThat(messages(browser)).zipSatisfy(List.of(texts),
					(item, text) -> assertThat(item).endsWith(" " + text));
		});
	}

	private static List<String> messages(ChromeDriver browser) {
		return browser.findElements(By.tagName("li")).stream().map(WebElement::getText).toList();
	}

}
