package io.github.bettersse.jpa;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.Session;
import io.github.bettersse.test.SseTestClient;
import io.github.bettersse.webmvc.SseEndpoint;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An open stream holds no connection to the database, though its handler has read from it
 * and an {@code EntityManager} is open in the view: of two connections both are free,
 * with many streams.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "spring.jpa.open-in-view=true",
		"spring.datasource.hikari.maximum-pool-size=2", "spring.datasource.hikari.connection-timeout=5000",
		"spring.jpa.hibernate.ddl-auto=create-drop", "spring.datasource.url=jdbc:h2:mem:streams",
		"better-sse.keep-alive=0s",
		"spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration" })
class OpenInViewTests {

	private static final int STREAMS = 50;

	@LocalServerPort
	private int port;

	@Autowired
	private Articles articles;

	@Autowired
	private HikariDataSource dataSource;

	@Autowired
	private OpenEntityManagerInViewInterceptor openInView;

	@Test
	void manyStreamsHoldNoConnection() throws Exception {
		assertThat(this.openInView.getEntityManagerFactory()).isNotNull();
		List<SseTestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < STREAMS; i++) {
				SseTestClient client = SseTestClient.on(this.port).connect("/articles/stream");
				clients.add(client);
				assertThat(client).receivesData("\"first\"");
			}
			await()
				.untilAsserted(() -> assertThat(this.dataSource.getHikariPoolMXBean().getActiveConnections()).isZero());
			assertThat(get("/articles")).isEqualTo("first");
			this.articles.news.broadcast("live");
			for (SseTestClient client : clients) {
				assertThat(client).receivesData("\"live\"").isOpen();
			}
		}
		finally {
			clients.forEach(SseTestClient::close);
		}
	}

	private String get(String path) throws Exception {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
				.timeout(Duration.ofSeconds(10))
				.build(), BodyHandlers.ofString());
		return response.body();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = OpenInViewTests.class)
	@Import(Articles.class)
	static class Application {

		@Bean
		SecurityFilterChain open(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

	@RestController
	static class Articles {

		private final EntityManager entities;

		private final Channel<Void, Object> news;

		Articles(EntityManager entities, TransactionTemplate transactions, ChannelRegistry channels) {
			this.entities = entities;
			this.news = channels.channel("articles");
			transactions.executeWithoutResult((status) -> entities.persist(new Article("first")));
		}

		/** Outside of a transaction the entity manager keeps its connection. */
		@SseEndpoint("/articles/stream")
		void stream(Session<?> session) {
			this.news.register(session);
			session.push(newest());
		}

		@GetMapping("/articles")
		String newest() {
			return this.entities.find(Article.class, "first").title;
		}

	}

	@Entity(name = "Article")
	static class Article {

		@Id
		private String title = "";

		Article() {
		}

		Article(String title) {
			this.title = title;
		}

	}

}
