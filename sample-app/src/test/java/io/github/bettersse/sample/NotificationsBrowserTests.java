package io.github.bettersse.sample;

import java.io.IOException;
import java.util.List;

import io.github.bettersse.SseEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

import static io.github.bettersse.sample.SamplePage.soon;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at the notifications of two users: one in two tabs, and one at another name of
 * the same server, where a browser keeps other cookies.
 */
class NotificationsBrowserTests {

	private SamplePage page;

	@BeforeEach
	void open() throws IOException {
		this.page = new SamplePage("notifications.html");
	}

	@AfterEach
	void close() {
		if (this.page != null) {
			this.page.close();
		}
	}

	@Test
	void notificationsAreForOneUserInAllTabsUntilTheLogout() throws IOException {
		soon().until(() -> this.page.find(".login").isDisplayed());
		login("ada", "wrong");
		soon().until(() -> this.page.text(".login .error").equals("That is not the password of a user."));
		this.page.assertFits("notifications-login");
		login("ada", "ada");
		String ada = awaitInbox("ada");
		String adasOtherTab = openTab("localhost");
		awaitInbox("ada");
		assertThat(sessionCount()).isEqualTo(1);
		String bob = openTab("127.0.0.1");
		soon().until(() -> this.page.find(".login").isDisplayed());
		login("bob", "bob");
		awaitInbox("bob");
		awaitOnline("ada", "bob");
		assertThat(sessionCount()).isEqualTo(2);

		send("ada", "Hello <b>Ada</b>");
		for (String tab : List.of(ada, adasOtherTab)) {
			select(tab);
			soon().until(() -> this.page.texts(".received p").equals(List.of("Hello <b>Ada</b>")));
			assertThat(this.page.texts(".received b")).isEqualTo(List.of("bob"));
		}
		this.page.assertFits("notifications");

		this.page.find(".logout").click();
		for (String tab : List.of(adasOtherTab, ada)) {
			select(tab);
			soon().until(() -> this.page.text(".login .error").equals("You are logged out."));
			assertThat(this.page.find(".inbox").isDisplayed()).isFalse();
			assertThat(this.page.text(".state")).isEqualTo("closed");
		}
		select(bob);
		awaitOnline("bob");
		assertThat(sessionCount()).isEqualTo(1);
		assertThat(this.page.texts(".received p")).isEmpty();

		send("ada", "For later");
		soon().until(() -> this.page.text(".send .error").equals("ada is offline, and gets it later."));
		select(ada);
		login("ada", "ada");
		awaitInbox("ada");
		soon().until(() -> this.page.texts(".received p").equals(List.of("For later", "Hello <b>Ada</b>")));
	}

	private String openTab(String host) {
		this.page.browser().switchTo().newWindow(WindowType.TAB);
		this.page.browser().get("http://" + host + ":" + this.page.port() + "/notifications.html");
		return this.page.browser().getWindowHandle();
	}

	private void select(String tab) {
		this.page.browser().switchTo().window(tab);
	}

	private void login(String user, String password) {
		this.page.find("#username").clear();
		this.page.find("#username").sendKeys(user);
		this.page.find("#password").clear();
		this.page.find("#password").sendKeys(password);
		this.page.find(".login button").click();
	}

	private String awaitInbox(String user) {
		soon().until(() -> this.page.text("h2").equals("Notifications for " + user));
		soon().until(() -> this.page.text(".state").equals("open"));
		return this.page.browser().getWindowHandle();
	}

	private void awaitOnline(String... users) {
		soon().until(() -> this.page.texts(".people [data-online=true]").equals(List.of(users)));
	}

	private void send(String user, String text) {
		soon().until(() -> this.page.texts(".send option").contains(user));
		this.page.find(".send select").sendKeys(user);
		this.page.find(".send input").sendKeys(text);
		this.page.find(".send button").click();
		soon().until(() -> this.page.find(".send input").getDomProperty("value").isEmpty());
	}

	private int sessionCount() {
		return this.page.bean(SseEngine.class).getSessionCount();
	}

}
