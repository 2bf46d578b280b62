package io.github.bettersse.browser;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.bettersse.Session;
import io.github.bettersse.SseEngine;
import io.github.bettersse.tools.Browser;
import io.github.bettersse.tools.CuttingProxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.ResponseEntity;

import static io.github.bettersse.browser.Tab.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How a stream comes back, and when it does not.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReconnectionTests {

	/** Nobody waits that long: only something else brings the stream back. */
	private static final String AN_HOUR = "minDelay: 3600000, maxDelay: 3600000";

	private static ChromeDriver browser;

	private static ConfigurableApplicationContext application;

	private static CuttingProxy network;

	private static String base;

	private StreamController server;

	private Tab tab;

	@BeforeEach
	void start() throws IOException {
		if (browser == null) { // here, so that each test is reported as skipped without
								// one
			browser = Browser.start();
			application = ClientTestApplication.start();
			network = new CuttingProxy(ClientTestApplication.port(application));
			base = browser.getWindowHandle();
		}
		this.server = application.getBean(StreamController.class);
		this.server.lastEventIds.clear();
		this.tab = Tab.open(browser, "http://localhost:" + network.port() + "/page");
	}

	@AfterEach
	void closeTab() {
		if (browser != null) {
			this.tab.close();
			browser.switchTo().window(base);
			soon().until(() -> application.getBean(SseEngine.class).getSessionCount() == 0);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		if (browser != null) {
			browser.quit();
			network.close();
			application.close();
		}
	}

	@Test
	void streamThatIsCutGoesOnWhereItWas() throws IOException {
		this.tab.connect("/numbers", "{ minDelay: 10 }", "number").awaitState("open");
		soon().until(() -> !"".equals(this.tab.eval("stream.lastEventId"))); // its
																				// starting
																				// cursor
		for (int i = 1; i <= 50; i++) {
			this.server.numbers.broadcast(i, "number");
			if (i % 10 == 0) {
				network.cut();
			}
		}
		List<Long> all = IntStream.rangeClosed(1, 50).mapToObj(Long::valueOf).toList();
		soon().untilAsserted(() -> assertThat(this.tab.data()).isEqualTo(all));
		assertThat(this.tab.states()).asString().startsWith("[open, waiting, connecting, ");
	}

	@Test
	void streamIsBackAtOnceWithTheNetwork() throws IOException {
		this.tab.connect("/numbers", "{ " + AN_HOUR + " }").awaitState("open");
		setOffline(true);
		network.cut();
		this.tab.awaitState("waiting");
		setOffline(false);
		this.tab.awaitState("open");
	}

	private void setOffline(boolean offline) {
		this.tab.select()
			.executeCdpCommand("Network.emulateNetworkConditions",
					Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	@Test
	void streamIsBackAtOnceWithItsTab() throws IOException {
		this.tab.connect("/numbers", "{ " + AN_HOUR + " }").awaitState("open");
		browser.manage().window().minimize();
		soon().until(() -> "hidden".equals(this.tab.eval("document.visibilityState")));
		network.cut();
		this.tab.awaitState("waiting");
		browser.manage().window().setSize(new Dimension(1280, 960));
		this.tab.awaitState("open");
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void refusalForNowIsNotFinal(int status) {
		this.server.refusals.add(ResponseEntity.status(status).build());
		this.server.refusals.add(ResponseEntity.status(status).header("Retry-After", "1").build());
		this.tab.connect("/refusing", "{ minDelay: 10 }").awaitState("open");
		assertThat(this.server.lastEventIds).hasSize(3);
		assertThat(this.tab.eval("states")).isEqualTo(List.of(List.of("waiting", "status " + status),
				Arrays.asList("connecting", null), List.of("waiting", "status " + status),
				Arrays.asList("connecting", null), Arrays.asList("open", null)));
	}

	@ParameterizedTest
	@CsvSource({ "204, no-content", "401, unauthorized", "403, unauthorized", "404, refused" })
	void refusalForGoodIsFinal(int status, String reason) {
		this.server.refusals.add(ResponseEntity.status(status).build());
		this.tab.connect("/refusing", "{ minDelay: 10 }").awaitState("closed");
		assertThat(this.tab.calls()).asString().isEqualTo("[[stop, {reason=" + reason + ", status=" + status + "}]]");
		await().during(Duration.ofMillis(300)).until(() -> this.server.lastEventIds.size() == 1);
	}

	@Test
	void tokenIsRefreshedAndTheQuestionAskedAgain() {
		this.tab.connect("/answers", """
				{
					method: "POST",
					headers: () => ({ "Content-Type": "application/json", "Authorization": `Bearer ${window.token}` }),
					body: JSON.stringify({ text: "to be" }),
					minDelay: 10,
					onUnauthorized: async () => {
						window.token = "fresh";
						return true;
					},
				}""", "answer").awaitState("closed");
		assertThat(this.tab.data()).isEqualTo(List.of("TO BE"));
		this.tab.eval("stream.close()"); // once more
		assertThat(this.tab.calls()).asString().isEqualTo("[[stop, {reason=disconnect, status=null}]]");
	}

	@Test
	void pageThatIsKeptForGoingBackHoldsNoConnection() {
		this.tab.connect("/numbers", "{ share: false }", "number").awaitState("open");
		this.server.numbers.broadcast(1, "number");
		soon().until(() -> this.tab.data().equals(List.of(1L)));
		browser.get("http://localhost:" + network.port() + "/better-sse/client.d.ts");
		soon().until(() -> application.getBean(SseEngine.class).getSessionCount() == 0);
		this.server.numbers.broadcast(2, "number");
		browser.navigate().back();
		soon().until(() -> this.tab.data().equals(List.of(1L, 2L)));
		assertThat(this.tab.states()).isEqualTo(List.of("open", "connecting", "open"));
	}

	@Test
	void silenceIsNotTrusted() {
		this.tab.connect("/silent", "{ keepAlive: 100, missedKeepAlives: 2, minDelay: 10 }");
		soon().until(() -> this.server.lastEventIds.size() >= 3);
		assertThat(this.tab.eval("states.filter(([state]) => state === 'waiting')[0]"))
			.isEqualTo(List.of("waiting", "silence"));
		this.tab.eval("stream.close()");
		this.server.silent.forEach(Session::close); // a server that sends nothing notices
													// nothing
	}

	@Test
	void keepAliveIsNoSilence() {
		this.tab.connect("/numbers", "{ keepAlive: 700, missedKeepAlives: 2 }").awaitState("open");
		await().during(Duration.ofSeconds(3))
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.server.lastEventIds.size() == 1);
		assertThat(this.tab.states()).isEqualTo(List.of("open"));
	}

	@Test
	void dataIsWhatItWas() {
		this.tab.connect("/kinds", "{ raw: ['raw'], binary: ['bytes'] }", "json", "text", "raw", "bytes", "message")
			.awaitState("closed");
		assertThat(this.tab.eval("data[3] instanceof Uint8Array")).isEqualTo(true);
		assertThat(this.tab.eval("JSON.stringify(data.with(3, [...data[3]]))"))
			.isEqualTo("[{\"text\":\"äöü 語 🎈\"},\"50 %\\nof it\",\"[1]\",[0,127,255],true]");
		assertThat(this.tab.calls()).asString()
			.isEqualTo("[[revoked, {channel=news}], [stop, {reason=disconnect, status=null}]]");
	}

	@Test
	void lossIsTold() {
		this.tab.connect("/numbers", "{ lastEventId: '0123456789-1' }").awaitState("open");
		soon().until(() -> this.tab.calls()
			.equals(List.of(List.of("reset", Map.of("channel", "numbers", "reason", "foreign-epoch")))));
	}

	@Test
	void browsersOwnClientServesToo() throws IOException {
		this.tab.connect("/kinds", "{ transport: 'eventsource', raw: true }", "json", "text").awaitState("closed");
		assertThat(this.tab.data()).isEqualTo(List.of("{\"text\":\"äöü 語 🎈\"}", "50 %\nof it"));
		assertThat(this.tab.calls()).asString()
			.isEqualTo("[[revoked, {channel=news}], [stop, {reason=disconnect, status=null}]]");
		this.tab.connect("/numbers", "{ transport: 'eventsource' }", "number").awaitState("open");
		this.server.numbers.broadcast(1, "number");
		soon().until(() -> this.tab.data().equals(List.of(1L)));
		network.cut();
		this.server.numbers.broadcast(2, "number");
		soon().until(() -> this.tab.data().equals(List.of(1L, 2L)));
		assertThat(this.tab.states()).isEqualTo(List.of("open", "waiting", "open"));
		this.tab.eval("stream.close()");
	}

}
