package io.github.bettersse.security;

import java.util.List;

import io.github.bettersse.Session;
import io.github.bettersse.test.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions are found by the id of their HTTP session, whatever becomes of it meanwhile.
 */
class HttpSessionIndexTests {

	private final TestSessions sessions = new TestSessions();

	private final Session<Object> one = this.sessions.open().getSession();

	private final Session<Object> two = this.sessions.open().getSession();

	private final HttpSessionIndex index = new HttpSessionIndex();

	@AfterEach
	void close() {
		this.sessions.close();
	}

	@Test
	void allOfAnHttpSessionEndWithItAndNoOthers() {
		Session<Object> other = this.sessions.open().getSession();
		this.index.add("a", this.one);
		this.index.add("a", this.two);
		this.index.add("b", other);
		assertThat(this.index.end("a")).containsExactlyInAnyOrder(this.one, this.two);
		assertThat(this.index.end("a")).isEmpty();
		assertThat(this.index.size()).isOne();
	}

	@Test
	void changedIdIsFollowed() {
		this.index.add("a", this.one);
		this.index.rename("a", "b");
		this.index.rename("a", "b");
		this.index.rename("b", "c");
		this.index.add("c", this.two);
		assertThat(this.index.end("a")).isEmpty();
		assertThat(this.index.end("c")).containsExactlyInAnyOrder(this.one, this.two);
	}

	@Test
	void idThatWasChangedJustBeforeIsFollowed() {
		this.index.rename("a", "b");
		this.index.rename("b", "c");
		assertThat(this.index.add("a", this.one)).isTrue();
		assertThat(this.index.end("c")).isEqualTo(List.of(this.one));
	}

	@Test
	void ofAnHttpSessionThatHasJustEndedNoneIsAdded() {
		this.index.rename("a", "b");
		this.index.end("b");
		assertThat(this.index.add("a", this.one)).isFalse();
		assertThat(this.index.add("b", this.one)).isFalse();
		assertThat(this.index.size()).isZero();
	}

	@Test
	void idThatIsGivenAgainIsInUseAgain() {
		this.index.end("a");
		this.index.begin("a");
		assertThat(this.index.add("a", this.one)).isTrue();
		this.index.rename("a", "b");
		this.index.rename("b", "a");
		assertThat(this.index.add("b", this.two)).isTrue();
		assertThat(this.index.end("a")).containsExactlyInAnyOrder(this.one, this.two);
	}

	@Test
	void whatHasEndedIsForgotten() {
		this.index.add("a", this.one);
		this.index.add("a", this.two);
		this.index.remove(this.one);
		this.index.remove(this.one);
		assertThat(this.index.end("a")).isEqualTo(List.of(this.two));
		this.index.remove(this.two);
		assertThat(this.index.size()).isZero();
	}

	@Test
	void pastIsBounded() {
		for (int i = 0; i < 20_000; i++) {
			this.index.end("id" + i);
		}
		assertThat(this.index.add("id0", this.one)).isTrue();
		assertThat(this.index.add("id19999", this.two)).isFalse();
	}

}
