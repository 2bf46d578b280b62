package io.github.bettersse.browser;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

import io.github.bettersse.SseEngine;
import io.github.bettersse.tools.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.context.ConfigurableApplicationContext;

import static io.github.bettersse.browser.Tab.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tabs that share one connection, whichever of them goes.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SharedConnectionTests {

	private static final String HANG = """
			void setTimeout(() => {
				const request = new XMLHttpRequest();
				do {
					request.open("GET", "/hanging", false);
					request.send();
				}
				while (request.responseText === "true");
			}, 1000) // the driver has to have its answer before
			""";

	private static ChromeDriver browser;

	private static ConfigurableApplicationContext application;

	private static String base;

	private final List<Tab> tabs = new ArrayList<>();

	private final AtomicLong last = new AtomicLong();

	private StreamController server;

	@BeforeEach
	void start() throws IOException {
		if (browser == null) { // here, so that each test is reported as skipped without
								// one
			browser = Browser.start();
			application = ClientTestApplication.start();
			base = browser.getWindowHandle();
		}
		this.server = application.getBean(StreamController.class);
		this.server.lastEventIds.clear();
	}

	@AfterEach
	void closeTabs() {
		if (browser != null) {
			this.server.hanging = false;
			browser.getWindowHandles()
				.stream()
				.filter((tab) -> !tab.equals(base))
				.forEach((tab) -> browser.switchTo().window(tab).close());
			browser.switchTo().window(base);
			soon().until(() -> sessionCount() == 0);
		}
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.quit();
			application.close();
		}
	}

	@Test
	void tenTabsHoldOneConnection() {
		open(10, "{}");
		publish(100);
		awaitAll();
		assertThat(sessionCount()).isEqualTo(1);
		assertThat(this.server.lastEventIds).containsExactly("");
		this.tabs.forEach((tab) -> assertThat(tab.states()).isEqualTo(List.of("open")));
		await().during(Duration.ofMillis(500)).until(() -> sessionCount() == 1);
	}

	@Test
	void whicheverTabLeadsNothingIsLostOrDoubled() throws InterruptedException {
		open(5, "{}");
		publish(1);
		awaitAll();
		ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
		try {
			publisher.scheduleAtFixedRate(() -> publish(1), 0, 2, TimeUnit.MILLISECONDS);
			while (this.tabs.size() > 1) {
				long seen = this.last.get() + 20;
				soon().until(() -> this.tabs.stream().allMatch((tab) -> newest(tab) >= seen));
				// The first is the leader: locks are granted in the order of the
				// requests.
				this.tabs.remove(0).close();
			}
		}
		finally {
			publisher.shutdown();
		}
		assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		awaitAll();
		assertThat(this.server.lastEventIds).hasSize(5).doesNotHaveDuplicates();
		soon().until(() -> sessionCount() == 1);
	}

	@Test
	void crashedTabHandsOver() {
		open(3, "{}");
		publish(10);
		awaitAll();
		Tab leader = this.tabs.remove(0);
		leader.crash();
		publish(10);
		awaitAll();
		assertThat(this.server.lastEventIds).hasSize(2);
	}

	@Test
	void tabThatHangsIsNotWaitedFor() {
		open(3, "{ keepAlive: 500 }");
		publish(10);
		awaitAll();
		this.server.hanging = true;
		this.tabs.get(0).eval(HANG);
		soon().until(() -> this.server.lastEventIds.size() > 1);
		publish(10);
		this.tabs.subList(1, 3).forEach(this::awaitNumbers);
		this.server.hanging = false;
		awaitAll(); // two connections had sent these numbers to it, and it shows them
					// once
		soon().until(() -> sessionCount() == 1);
	}

	@Test
	void tabThatClosesItsStreamHandsOver() {
		open(3, "{}");
		publish(10);
		awaitAll();
		this.tabs.remove(0).eval("stream.close()");
		publish(10);
		awaitAll();
		assertThat(this.server.lastEventIds).hasSize(2);
	}

	@Test
	void stopIsForAllTabs() {
		open(3, "{}");
		this.server.numbers.getSessions().forEach((session) -> session.disconnect());
		for (Tab tab : this.tabs) {
			tab.awaitState("closed");
			assertThat(tab.calls()).asString().isEqualTo("[[stop, {reason=disconnect, status=null}]]");
		}
		assertThat(this.server.lastEventIds).hasSize(1);
	}

	@Test
	void tabThatComesLaterGetsTheNewestOfWhatItAsksFor() throws InterruptedException {
		String options = "{ latest: { number: 3 } }";
		open(1, options);
		publish(5);
		awaitAll();
		List<Tab> late = new ArrayList<>();
		ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
		try {
			publisher.scheduleAtFixedRate(() -> publish(1), 0, 2, TimeUnit.MILLISECONDS);
			for (int i = 0; i < 4; i++) {
				late.add(tab().connect("/numbers", options, "number").awaitState("open"));
			}
		}
		finally {
			publisher.shutdown();
		}
		assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		awaitAll();
		for (Tab tab : late) {
			soon().until(() -> newest(tab) == this.last.get());
			long first = (Long) tab.eval("data[0]");
			assertThat(first).isGreaterThan(2);
			assertThat(tab.data()).hasSizeGreaterThanOrEqualTo(3)
				.isEqualTo(LongStream.rangeClosed(first, this.last.get()).boxed().toList());
			assertThat(tab.eval("stream.lastEventId")).isEqualTo(this.tabs.get(0).eval("stream.lastEventId"));
		}
		assertThat(sessionCount()).isEqualTo(1);
	}

	@Test
	void tabsOfDifferentUsersShareNothingUnlessTheyAreTold() {
		for (String user : List.of("ada", "bob")) {
			tab().connect("/numbers", "{ headers: { 'X-User': '" + user + "' } }").awaitState("open");
		}
		soon().until(() -> sessionCount() == 2);
		for (String user : List.of("cleo", "cleo", "dan")) {
			tab().connect("/numbers", "{ headers: { 'X-User': '" + user + "' }, share: '" + user + "' }")
				.awaitState("open");
		}
		soon().until(() -> sessionCount() == 4);
		await().during(Duration.ofMillis(300)).until(() -> sessionCount() == 4);
	}

	private void open(int count, String options) {
		for (int i = 0; i < count; i++) {
			this.tabs.add(tab().connect("/numbers", options, "number").awaitState("open"));
		}
	}

	private Tab tab() {
		return Tab.open(browser, "http://localhost:" + ClientTestApplication.port(application) + "/page");
	}

	private void publish(int count) {
		for (int i = 0; i < count; i++) {
			this.server.numbers.broadcast(this.last.incrementAndGet(), "number");
		}
	}

	/** Wait until each tab has every number once and in order. */
	private void awaitAll() {
		this.tabs.forEach(this::awaitNumbers);
	}

	private void awaitNumbers(Tab tab) {
		List<Long> all = LongStream.rangeClosed(1, this.last.get()).boxed().toList();
		soon().until(() -> newest(tab) == this.last.get());
		assertThat(tab.data()).isEqualTo(all);
	}

	private static long newest(Tab tab) {
		return (Long) tab.eval("data.at(-1) ?? 0");
	}

	private static int sessionCount() {
		return application.getBean(SseEngine.class).getSessionCount();
	}

}
