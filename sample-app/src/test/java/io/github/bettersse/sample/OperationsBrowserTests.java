package io.github.bettersse.sample;

import java.io.IOException;
import java.util.List;

import io.github.bettersse.ChannelRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import static io.github.bettersse.sample.SamplePage.soon;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the page that shows what Actuator says.
 */
class OperationsBrowserTests {

	private SamplePage page;

	@BeforeEach
	void open() throws IOException {
		this.page = new SamplePage("");
		this.page.browser().findElement(By.linkText("Operations")).click();
		assertThat(this.page.texts(".pages [aria-current]")).isEqualTo(List.of("Operations"));
	}

	@AfterEach
	void close() {
		if (this.page != null) {
			this.page.close();
		}
	}

	@Test
	void chartsFollowTheStreams() throws Exception {
		soon().until(() -> value("sessions").equals("0"));
		SampleClient others = new SampleClient(this.page.port());
		try (EventStream ada = others.chat("Ada", "a-key"); EventStream bob = others.chat("Bob", "b-key")) {
			ada.next(2);
			bob.next(2);
			soon().until(() -> value("sessions").equals("2"));
			soon().until(() -> this.page.texts("tbody tr").contains("chat 2"));
			assertThat(others.say("a-key", "Hello")).isEqualTo(202);
			soon().until(() -> ((Number) this.page.browser().executeScript(points("events", "Math.max(...values)")))
				.doubleValue() > 0);
			assertThat(value("lag")).matches("[\\d.]+ ms");
			assertThat(value("queued")).matches("[\\d,]+ B");
			soon().until(() -> (Boolean) this.page.browser()
				.executeScript(points("sessions", "values.length > 8 && Math.max(...values) === 2")));
			this.page.assertFits("operations");
		}
		soon().until(() -> value("sessions").equals("0"));
		this.page.bean(ChannelRegistry.class).remove("chat");
		soon().until(() -> this.page.texts("tbody td:first-child").stream().noneMatch("chat"::equals));
		assertThat(this.page.text(".error")).isEmpty();
	}

	private String value(String meter) {
		return this.page.text("[data-meter=" + meter + "] .value");
	}

	private static String points(String meter, String expression) {
		return "const values = Chart.getChart(document.querySelector('[data-meter=" + meter
				+ "] canvas')).data.datasets[0].data.map(({ y }) => y); return " + expression;
	}

}
