package io.github.bettersse.docs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.bettersse.docs.Document.Snippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Follows the page: makes its project, starts it, sends its requests, and compares what
 * comes back with what the page says.
 */
class GettingStartedTests {

	private static final Document page = Document.GETTING_STARTED;

	private static final String LISTEN = find("curl -N '([^']+)'").group(1);

	private static final MatchResult PUBLISH = find("curl -H 'Content-Type: ([^']+)' -d '([^']+)' (\\S+)");

	private static final String SHOW = find("curl (\\S+/actuator/sse)").group(1);

	private static final String LISTEN_IN_PAGE = "http://localhost:8080/"
			+ find("new EventSource\\(\"([^\"]+)\"\\)").group(1);

	@Test
	void followedWordByWord(@TempDir Path directory) throws Exception {
		SnippetProject project = SnippetProject.write(page, directory);
		try (URLClassLoader classes = new URLClassLoader(new URL[] { project.compile().toUri().toURL() });
				ConfigurableApplicationContext application = start(project, classes)) {
			Curl curl = new Curl(((WebServerApplicationContext) application).getWebServer().getPort());
			List<String> wire = texts("text");
			assertThat(List.of(curl.get("http://localhost:8080/"))).isEqualTo(texts("html"));
			try (Curl.Stream tab = curl.stream(LISTEN_IN_PAGE);
					Curl.Stream otherTab = curl.stream(LISTEN_IN_PAGE);
					Curl.Stream stream = curl.stream(LISTEN)) {
				assertNext(tab, wire.get(0).replace("bob", "ada"));
				assertNext(otherTab, wire.get(0).replace("bob", "ada"));
				assertNext(stream, wire.get(0));
				assertThat(curl.post(PUBLISH.group(3), PUBLISH.group(1), PUBLISH.group(2))).isEqualTo(202);
				assertNext(tab, wire.get(1));
				assertNext(otherTab, wire.get(1));
				assertNext(stream, wire.get(1));
				assertThat(List.of(curl.get(SHOW) + "\n")).isEqualTo(texts("json"));
				application.close();
				assertThat(List.of(wire.get(2), stream.rest()))
					.allMatch(Pattern.compile("retry: [2-7]\\d{3}\n\n").asMatchPredicate());
			}
		}
	}

	/**
	 * What the page configures and serves is used in place of the sample's, which is on
	 * this class path too.
	 */
	private static ConfigurableApplicationContext start(SnippetProject project, ClassLoader classes) throws Exception {
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(classes),
				classes.loadClass("com.example.news.NewsApplication"));
		application.setRegisterShutdownHook(false);
		String resources = project.resources().toUri().toString();
		return application.run("--server.port=0", "--spring.config.location=" + resources,
				"--spring.web.resources.static-locations=" + resources + "static/", "--better-sse.keep-alive=0s");
	}

	private static void assertNext(Curl.Stream stream, String expected) throws Exception {
		assertThat(withoutChance(stream.next(expected.length()))).isEqualTo(withoutChance(expected));
	}

	private static String withoutChance(String events) {
		return events.replaceAll("(?m)^id: ~[-0-9a-f]{36}$", "id: ~UUID")
			.replaceAll("(?m)^id: [0-9a-z]{10}-", "id: EPOCH-");
	}

	private static List<String> texts(String language) {
		return page.snippets(language).stream().map(Snippet::text).toList();
	}

	private static MatchResult find(String regex) {
		return Pattern.compile(regex).matcher(page.text()).results().findFirst().orElseThrow();
	}

}
