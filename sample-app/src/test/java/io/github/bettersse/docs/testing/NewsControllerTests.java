package io.github.bettersse.docs.testing;

import io.github.bettersse.test.SseTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

@WebMvcTest(NewsController.class)
class NewsControllerTests {

	@Autowired
	private MockMvc mvc;

	@Test
	void publishedArticleReachesTheReaders() throws Exception {
		try (SseTestClient reader = SseTestClient.on(this.mvc).connect("/news")) {
			assertThat(reader).receives("readers", "1");
			this.mvc.perform(post("/news").content("It works"));
			assertThat(reader).receives("article", "\"It works\"").hasNothingMore();
		}
	}

}
