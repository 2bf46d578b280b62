package io.github.bettersse.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.tools.Browser;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Looks at the chart of the page in a real browser.
 */
class MonitorBrowserTests {

	private ChromeDriver browser;

	private ConfigurableApplicationContext application;

	private int port;

	@BeforeEach
	void open() throws IOException {
		this.browser = Browser.start();
		start();
		this.browser.get(address());
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
	}

	@Test
	void pointsMoveToTheLeft() {
		Point first = soon().until(() -> points().get(0), (point) -> point.x() == 0);
		Object picture = picture();
		soon().until(() -> points().size() > 2);
		List<Point> points = points();
		assertThat(points.get(0).y()).isEqualTo(first.y());
		assertThat(points).extracting(Point::x).isSorted().doesNotHaveDuplicates().endsWith(0.0);
		assertThat(picture()).isNotEqualTo(picture);
		assertThat(texts(".legend")).singleElement()
			.asString()
			.matches("CPU\n[\\d.]+ %\nHeap\n[\\d,]+ MB of [\\d,]+ MB");
	}

	@Test
	void chartGoesOnAfterARestartOfTheServer() {
		soon().until(() -> points().size() > 1);
		List<Double> before = points().stream().map(Point::y).toList();
		this.application.close();
		soon().until(() -> texts("#ticker .state").equals(List.of("reconnecting")));
		start();
		soon().until(() -> points().size() > before.size() + 1);
		assertThat(points()).extracting(Point::y).startsWith(before.toArray(Double[]::new));
	}

	@Test
	void everythingIsServedFromHereOnOneStream() {
		soon().until(() -> !points().isEmpty());
		List<?> loaded = (List<?>) this.browser
			.executeScript("return performance.getEntriesByType('resource').map((entry) => entry.name)");
		assertThat(loaded).map(Object::toString)
			.contains(address() + "webjars/chart.js/dist/chart.umd.min.js", address() + "monitor.js")
			.allMatch((address) -> address.startsWith(address()));
		assertThat(sessions("monitor")).isEqualTo(sessions("ticker")).hasSize(1);
	}

	private Set<Session<?>> sessions(String channel) {
		Channel<?, ?> found = this.application.getBean(ChannelRegistry.class).find(channel).orElseThrow();
		return Set.copyOf(found.getSessions());
	}

	/** Return what the chart shows of the memory, which differs from second to second. */
	private List<Point> points() {
		List<?> points = (List<?>) this.browser.executeScript(
				"return Chart.getChart(document.querySelector('canvas')).data.datasets[1].data.map(({ x, y }) => [x, y])");
		return points.stream().map((point) -> Point.of((List<?>) point)).toList();
	}

	private Object picture() {
		return this.browser.executeScript("return document.querySelector('#monitor canvas').toDataURL()");
	}

	private List<String> texts(String selector) {
		return this.browser.findElements(By.cssSelector(selector))
			.stream()
			.map((element) -> element.getText())
			.toList();
	}

	private String address() {
		return "http://localhost:" + this.port + "/";
	}

	private static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(20)).ignoreExceptions();
	}

	record Point(double x, double y) {

		static Point of(List<?> point) {
			return new Point(((Number) point.get(0)).doubleValue(), ((Number) point.get(1)).doubleValue());
		}

	}

}
