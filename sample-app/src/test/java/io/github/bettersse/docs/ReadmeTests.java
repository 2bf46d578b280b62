package io.github.bettersse.docs;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.tools.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs the controller and the script of the README.
 */
class ReadmeTests {

	private static final String ARTICLE = "{\"title\":\"It works\"}";

	@TempDir
	private Path directory;

	private URLClassLoader classes;

	private ConfigurableApplicationContext application;

	private String server;

	private Curl curl;

	@BeforeEach
	void start() throws Exception {
		URL compiled = SnippetProject.write(Document.README, this.directory).compile().toUri().toURL();
		this.classes = new URLClassLoader(new URL[] { compiled });
		this.application = new SpringApplication(Application.class,
				this.classes.loadClass("com.example.NewsController"))
			.run("--server.port=0", "--better-sse.keep-alive=0s");
		int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		this.server = "http://localhost:" + port;
		this.curl = new Curl(port);
	}

	@AfterEach
	void stop() throws Exception {
		this.application.close();
		this.classes.close();
	}

	@Test
	void streamGreetsAndShowsNews() throws Exception {
		try (Curl.Stream stream = this.curl.stream(this.server + "/sse?username=ada")) {
			assertThat(stream.event()).isEqualTo("retry: 2000\n\n");
			assertThat(stream.event()).isEqualTo("data: \"Hello world!\"\n\n");
			publish();
			assertThat(stream.event()).isEqualTo("event: article\ndata: " + ARTICLE + "\n\n");
		}
	}

	@Test
	void scriptListens() throws Exception {
		Node node = Node.install();
		String script = Document.README.snippets("javascript").get(0).text();
		CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> run(node, script));
		ChannelRegistry channels = this.application.getBean(ChannelRegistry.class);
		await().until(() -> channels.find("news").orElseThrow().getSessionCount() == 1);
		publish();
		assertThat(printed.get(20, TimeUnit.SECONDS)).isEqualTo("Hello world!\nIt works\n");
	}

	private void publish() throws Exception {
		assertThat(this.curl.post(this.server + "/news", "application/json", ARTICLE)).isEqualTo(200);
	}

	private String run(Node node, String script) {
		try {
			return node.runAsPage(script, this.server, 2);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
