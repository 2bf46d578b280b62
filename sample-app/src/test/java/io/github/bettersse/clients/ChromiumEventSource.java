package io.github.bettersse.clients;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.bettersse.tools.Browser;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The {@code EventSource} of a browser.
 */
final class ChromiumEventSource implements StreamClient {

	private static final String SCRIPT = """
			const [uri, done] = arguments;
			import("/event-source.mjs").then(({ listen }) => listen(EventSource, uri)).then(done);
			""";

	@Override
	public List<Received> listen(URI uri) throws Exception {
		ChromeDriver browser = Browser.start();
		try {
			browser.get(uri.resolve("/event-source.mjs").toString());
			List<?> received = (List<?>) browser.executeAsyncScript(SCRIPT, uri.toString());
			return received.stream().map(Map.class::cast).map(ChromiumEventSource::received).toList();
		}
		finally {
			browser.quit();
		}
	}

	private static Received received(Map<?, ?> event) {
		return new Received((String) event.get("name"), (String) event.get("id"), (String) event.get("data"));
	}

}
