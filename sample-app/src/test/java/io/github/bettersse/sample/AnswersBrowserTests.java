package io.github.bettersse.sample;

import java.io.IOException;
import java.util.List;

import io.github.bettersse.SseEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

import static io.github.bettersse.sample.SamplePage.soon;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the page on which an answer comes token by token.
 */
class AnswersBrowserTests {

	private static final String END = "That is all there is to it.";

	private SamplePage page;

	@BeforeEach
	void open() throws IOException {
		this.page = new SamplePage("");
		this.page.browser().findElement(By.linkText("Answers")).click();
		assertThat(this.page.texts(".pages [aria-current]")).isEqualTo(List.of("Answers"));
	}

	@AfterEach
	void close() {
		if (this.page != null) {
			this.page.close();
		}
	}

	@Test
	void answerThatIsCutGoesOnWhereItWas() throws IOException {
		ask("Why <b>events</b>?");
		soon().until(() -> tokens() > 10);
		this.page.find(".cut").click();
		soon().until(() -> this.page.text(".state").equals("reconnecting"));
		assertThat(this.page.find(".cut").isEnabled()).isFalse();
		int before = tokens();
		this.page.assertFits("answer-cut");
		soon().until(() -> this.page.text(".state").equals("open"));
		soon().until(() -> tokens() > before);
		soon().until(() -> this.page.text(".text").contains(END));
		soon().until(() -> this.page.text(".text").endsWith("tokens."));
		assertThat(this.page.text(".text")).startsWith("You asked: “Why <b>events</b>?”")
			.contains("none is missing, none comes twice.")
			.endsWith(END + "\n" + tokens() + " tokens.");
		assertThat(this.page.text(".connections")).isEqualTo("2");
		assertThat(this.page.text(".state")).isEqualTo("closed");
		this.page.assertFits("answer");
	}

	@Test
	void answerThatIsStoppedIsMadeNoFurther() {
		ask("Why?");
		soon().until(() -> tokens() > 5);
		this.page.find(".stop").click();
		soon().until(() -> this.page.text(".text").endsWith("Stopped after " + tokens() + " tokens."));
		assertThat(this.page.text(".text")).doesNotContain(END);
		assertThat(this.page.text(".state")).isEqualTo("closed");
		assertThat(this.page.find(".stop").isEnabled()).isFalse();
		soon().until(() -> this.page.bean(SseEngine.class).getSessionCount() == 0);
	}

	@Test
	void nextQuestionTakesThePlaceOfTheAnswer() {
		ask("First?");
		soon().until(() -> tokens() > 5);
		ask("Second?");
		soon().until(() -> this.page.text(".text").startsWith("You asked: “Second?”"));
		soon().until(() -> this.page.bean(SseEngine.class).getSessionCount() == 1);
	}

	private void ask(String question) {
		this.page.find(".question input").clear();
		this.page.find(".question input").sendKeys(question);
		this.page.find(".question button").click();
	}

	private int tokens() {
		return Integer.parseInt(this.page.text(".tokens"));
	}

}
