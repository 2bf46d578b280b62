package io.github.bettersse.tomcat;

import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class TomcatConnectionAborterTests {

	@Test
	void requestOfAnotherContainerIsNotAborted() {
		TomcatConnectionAborter aborter = new TomcatConnectionAborter();
		assertThat(aborter.abort(new HttpServletRequestWrapper(new MockHttpServletRequest()))).isFalse();
	}

}
