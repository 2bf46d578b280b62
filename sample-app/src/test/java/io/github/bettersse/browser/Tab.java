package io.github.bettersse.browser;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.awaitility.Awaitility.await;

/**
 * A tab of a browser that has a stream open, and keeps what comes.
 */
final class Tab {

	private static final String CONNECT = """
			const [url, options, names, done] = arguments;
			import("/better-sse/client.js").then(({ connect }) => {
				window.data = [];
				window.states = [];
				window.calls = [];
				const keep = (name) => (...args) => void calls.push([name, ...args]);
				window.stream = connect(url, {
					onState: (...args) => states.push(args),
					onReset: keep("reset"),
					onRevoked: keep("revoked"),
					onStop: keep("stop"),
					...Function(`return (${options})`)(),
				});
				names.forEach((name) => stream.on(name, (value) => data.push(value)));
				done();
			});
			""";

	private final ChromeDriver browser;

	private final String handle;

	private Tab(ChromeDriver browser) {
		this.browser = browser;
		this.handle = browser.getWindowHandle();
	}

	/** Open a page in a new tab. */
	static Tab open(ChromeDriver browser, String page) {
		browser.switchTo().newWindow(WindowType.TAB).get(page);
		return new Tab(browser);
	}

	/**
	 * Open a stream.
	 * @param url its address
	 * @param options the options as JavaScript
	 * @param names the events to keep the data of
	 */
	Tab connect(String url, String options, String... names) {
		select().executeAsyncScript(CONNECT, url, options, List.of(names));
		return this;
	}

	/** Bring this tab to the front. */
	ChromeDriver select() {
		this.browser.switchTo().window(this.handle);
		this.browser.executeCdpCommand("Page.bringToFront", Map.of());
		return this.browser;
	}

	Object eval(String expression) {
		this.browser.switchTo().window(this.handle);
		return this.browser.executeScript("return " + expression);
	}

	List<?> data() {
		return (List<?>) eval("data");
	}

	/** Return what the callbacks got, but for that of the state. */
	List<?> calls() {
		return (List<?>) eval("calls");
	}

	List<?> states() {
		return (List<?>) eval("states.map(([state]) => state)");
	}

	Tab awaitState(String state) {
		soon().until(() -> state.equals(eval("stream.state")));
		return this;
	}

	/** Let the process of the tab die. */
	void crash() {
		this.browser.switchTo().window(this.handle);
		try {
			this.browser.executeCdpCommand("Page.crash", Map.of());
		}
		catch (WebDriverException ex) {
			// There is nobody left to answer.
		}
	}

	void close() {
		this.browser.switchTo().window(this.handle).close();
	}

	static ConditionFactory soon() {
		return await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO);
	}

}
