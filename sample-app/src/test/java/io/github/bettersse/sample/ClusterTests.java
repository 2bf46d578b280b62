package io.github.bettersse.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.bettersse.sample.EventStream.Event;
import io.github.bettersse.tools.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import static io.github.bettersse.sample.SamplePage.soon;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample with three nodes, each a process, as the profile {@code cluster} starts it.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTests {

	private static ClusterProcess cluster;

	private static SampleClient client;

	@BeforeAll
	static void start(@TempDir Path directory) throws IOException {
		cluster = ClusterProcess.start(directory);
		client = new SampleClient(cluster.port());
	}

	@AfterAll
	static void close() {
		if (cluster != null) {
			cluster.close();
		}
	}

	@Test
	@Order(1)
	void tabGoesOnWithoutAGapWhenItsNodeIsKilled() throws IOException {
		ChromeDriver browser = Browser.start();
		try {
			browser.manage().window().setSize(new Dimension(1280, 960));
			browser.get("http://localhost:" + cluster.port() + "/");
			soon().until(() -> texts(browser, ".nodes [data-serves=true]").size() == 3);
			soon().until(() -> texts(browser, ".online").equals(List.of("1 online")));
			String first = nodeOf(browser);
			try (EventStream bob = client.chat("Bob", "b-key&node=" + before(first))) {
				bob.next(2);
				join(browser);
				say("One", before(first));
				awaitMessages(browser, "One");
				assertThat(texts(browser, ".message small")).containsExactly("via " + before(first));
				browser.findElement(By.cssSelector("[aria-label='Kill " + first + "']")).click();
				soon().until(() -> texts(browser, "[data-serves=false]").equals(List.of(first + "\nStart")));
				say("Two", before(first));
				soon().until(() -> nodeOf(browser).equals(after(first)));
				cluster.kill(after(first));
				say("Three", before(first));
				soon().until(() -> nodeOf(browser).equals(before(first)));
				say("Four", before(first));
				awaitMessages(browser, "One", "Two", "Three", "Four");
				assertThat(texts(browser, ".gap")).isEmpty();
				browser.findElement(By.cssSelector("[aria-label='Start " + first + "']")).click();
				cluster.awaitNode(first);
				screenshot(browser);
				browser.findElement(By.cssSelector("[aria-label='Start " + after(first) + "']")).click();
				cluster.awaitNode(after(first));
			}
		}
		finally {
			browser.quit();
		}
	}

	@Test
	@Order(2)
	void loginAndLogoutAreForAllNodes() throws Exception {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		assertThat(get(browser, "/notifications/user?node=node-1").statusCode()).isEqualTo(401);
		assertThat(post(browser, "/login?node=node-1", "username=ada&password=ada")).isEqualTo(204);
		assertThat(get(browser, "/notifications/user?node=node-2").body()).isEqualTo("ada");
		HttpResponse<Stream<String>> stream = browser.send(request("/notifications?node=node-3").build(),
				BodyHandlers.ofLines());
		assertThat(stream.headers().firstValue("Server-Timing")).hasValue("node;desc=\"node-3\"");
		assertThat(post(browser, "/notifications/ada?node=node-2", "Hello")).isEqualTo(200);
		Iterator<String> lines = stream.body().iterator();
		Iterable<String> rest = () -> lines;
		assertThat(StreamSupport.stream(rest.spliterator(), false)
			.filter((line) -> line.startsWith("data: {\"from\":\"ada\",\"text\":\"Hello\""))
			.findFirst()).isPresent();
		assertThat(post(browser, "/logout?node=node-1", "")).isEqualTo(204);
		lines.forEachRemaining((line) -> {
		});
		assertThat(get(browser, "/notifications/user?node=node-2").statusCode()).isEqualTo(401);
	}

	@Test
	@Order(3)
	void allNodesHaveTheSameFigures() throws Exception {
		try (EventStream one = new EventStream(client.get("/ticker?node=node-1"));
				EventStream two = new EventStream(client.get("/ticker?node=node-2"))) {
			List<Event> ticks = ticksForTwo(one);
			assertThat(ticksForTwo(two)).containsAnyElementsOf(ticks);
		}
	}

	@Test
	@Order(4)
	void nothingIsLeftAfterTheEnd() throws Exception {
		assertThat(cluster.stop()).isEmpty();
	}

	private static List<Event> ticksForTwo(EventStream stream) {
		return Stream.generate(stream::next)
			.filter((event) -> event.data().endsWith("\"online\":2}"))
			.limit(3)
			.toList();
	}

	private static void join(ChromeDriver browser) {
		browser.findElement(By.cssSelector("#username")).sendKeys("Ada");
		browser.findElement(By.cssSelector(".lobby button")).click();
		soon().until(() -> texts(browser, ".people li").equals(List.of("Ada (you)", "Bob")));
	}

	private static void say(String text, String node) {
		assertThat(client.say("b-key", text, node)).isEqualTo(202);
	}

	private static void awaitMessages(ChromeDriver browser, String... texts) {
		soon().untilAsserted(() -> assertThat(texts(browser, ".message p")).containsExactly(texts));
	}

	/** Return the node that the page says it is at. */
	private static String nodeOf(ChromeDriver browser) {
		return browser.findElement(By.cssSelector(".nodes [aria-current]")).getDomAttribute("data-name");
	}

	private static String after(String node) {
		return "node-" + ((node.charAt(5) - '0') % 3 + 1);
	}

	private static String before(String node) {
		return after(after(node));
	}

	private static List<String> texts(ChromeDriver browser, String selector) {
		return browser.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	private static void screenshot(ChromeDriver browser) throws IOException {
		Path directory = Files.createDirectories(Path.of("target", "screenshots"));
		Files.write(directory.resolve("cluster.png"), browser.getScreenshotAs(OutputType.BYTES));
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + cluster.port() + path));
	}

	private static HttpResponse<String> get(HttpClient browser, String path) throws Exception {
		return browser.send(request(path).build(), BodyHandlers.ofString());
	}

	/** With the token that stands in a cookie since the first response. */
	private static int post(HttpClient browser, String path, String body) throws Exception {
		CookieManager cookies = (CookieManager) browser.cookieHandler().orElseThrow();
		String token = cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("XSRF-TOKEN"))
			.map(HttpCookie::getValue)
			.findFirst()
			.orElseThrow();
		return browser
			.send(request(path).header("X-XSRF-TOKEN", token)
				.header("Content-Type", path.startsWith("/login") ? "application/x-www-form-urlencoded" : "text/plain")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.discarding())
			.statusCode();
	}

}
