package io.github.bettersse.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.tools.Node;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the JavaScript of the recipes, against the Java of the same recipes.
 */
@SpringBootTest(classes = SnippetTests.Application.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class JavaScriptSnippetTests {

	private static final Document RECIPES = Document.read("docs/recipes.md");

	private static Node node;

	private final String server;

	private final Curl curl;

	JavaScriptSnippetTests(@LocalServerPort int port) {
		this.server = "http://localhost:" + port;
		this.curl = new Curl(port);
	}

	@BeforeAll
	static void install() throws Exception {
		node = Node.install();
	}

	@Test
	void disconnectedPageEnds(@Autowired ChannelRegistry channels) throws Exception {
		CompletableFuture<String> page = CompletableFuture.supplyAsync(() -> run("/jobs/7", 0));
		await().until(() -> channels.channel("jobs").getSessionCount() == 1);
		assertThat(this.curl.post(this.server + "/jobs/7/done", "text/plain", "")).isEqualTo(200);
		assertThat(page.get(20, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void bytesAreDecoded() throws Exception {
		long size = Files.size(Path.of("src/main/resources/static/icon.svg"));
		assertThat(run("/thumbnails", 1)).isEqualTo(size + "\n");
	}

	@Test
	void answerToAPostIsRead() {
		assertThat(run("/answers", 0)).isEqualTo("to\nbe\nor\nnot\nto\nbe\n");
	}

	@Test
	void allSnippetsAreRunHere() {
		assertThat(RECIPES.snippets("javascript")).hasSize(3);
	}

	private String run(String address, int lines) {
		String script = RECIPES.snippets("javascript")
			.stream()
			.map(Document.Snippet::text)
			.filter((text) -> text.contains('"' + address))
			.findFirst()
			.orElseThrow();
		try {
			return node.runAsPage(script, this.server, lines);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
