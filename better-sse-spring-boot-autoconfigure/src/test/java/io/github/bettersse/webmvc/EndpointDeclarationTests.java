package io.github.bettersse.webmvc;

import io.github.bettersse.Session;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SessionStateFactory;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.autoconfigure.webmvc.BetterSseWebMvcAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong declarations of endpoints keep the application from starting and say what to
 * write.
 */
class EndpointDeclarationTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class,
					BetterSseServletAutoConfiguration.class, BetterSseWebMvcAutoConfiguration.class,
					WebMvcAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class));

	@Test
	void aReturnTypeIsPossible() {
		assertFails(ReturnsText.class, "the return type java.lang.String is not possible. Return void and push to "
				+ "a Session<S> parameter what the client is to get; or return an Iterable, Iterator, Stream, "
				+ "Publisher, Flow.Publisher or CompletionStage of it; or ResponseEntity<Void> to refuse the stream");
	}

	@Test
	void aReasonWouldMakeEachAnswerAnError() {
		assertFails(ReasonOfStatus.class,
				"the reason of its @ResponseStatus makes every answer an error. Leave the reason out");
	}

	@Test
	void aDurationIsOne() {
		assertFails(NoDuration.class,
				"keepAlive: '5 parsecs' is not allowed, write a duration such as 500ms, 10s or 2m");
	}

	@Test
	void aDurationIsInItsRange() {
		assertFails(NegativeDuration.class, "retry: '-1s' is not allowed, retry must be from 0 to 2147483647 ms");
	}

	@Test
	void aPlaceholderResolves() {
		assertFails(UnknownPlaceholder.class,
				"Could not resolve placeholder 'nobody.knows' in value \"${nobody.knows}\"");
	}

	@Test
	void aHeaderHasAColon() {
		assertFails(NoHeader.class,
				"headers: 'X-Nothing' is not of the form 'Name: value', or 'Name:' to remove a header");
	}

	@Test
	void aStatusIsOne() {
		assertFails(NoStatus.class, "status: '99' is not allowed, status must be from 200 to 599");
	}

	@Test
	void optionsAreABean() {
		assertFails(NoOptions.class, "options: 'someone' is no bean of type SessionOptions");
	}

	@Test
	void oneStateFactoryIsFound() {
		assertFails(TwoStateFactories.class, "expected single matching bean but found 2: first,second");
	}

	@Test
	void aStateIsOfTheTypeOfTheSession() {
		assertFails(OtherState.class, "options: their state is a java.lang.Integer, but the method takes a "
				+ "io.github.bettersse.Session<java.lang.String>. Make the types the same");
	}

	@Test
	void anEndpointIsInAController() {
		this.runner.withBean("news", NoController.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(IllegalStateException.class)
				.hasMessage("@SseEndpoint on " + NoController.class.getName() + "#stream: the bean 'news' is no "
						+ "controller, so that no request would ever come to it. Annotate its class with "
						+ "@RestController or @Controller"));
	}

	@Test
	void anEndpointMayBeMappedByHand() {
		this.runner.withBean("news", NoController.class)
			.withBean(MappedByHand.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertFails(Class<?> controller, String message) {
		this.runner.withUserConfiguration(controller)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageStartingWith("@SseEndpoint on " + controller.getName() + "#stream[1 args]: ")
				.hasMessageEndingWith(message));
	}

	@RestController
	static class ReturnsText {

		@SseEndpoint("/")
		String stream(Session<?> session) {
			return "";
		}

	}

	@RestController
	static class ReasonOfStatus {

		@SseEndpoint("/")
		@ResponseStatus(code = HttpStatus.OK, reason = "fine")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class NoDuration {

		@SseEndpoint(path = "/", keepAlive = "5 parsecs")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class NegativeDuration {

		@SseEndpoint(path = "/", retry = "-1s")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class UnknownPlaceholder {

		@SseEndpoint(path = "/", retryJitter = "${nobody.knows}")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class NoHeader {

		@SseEndpoint(path = "/", headers = "X-Nothing")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class NoStatus {

		@SseEndpoint(path = "/", status = 99)
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class NoOptions {

		@SseEndpoint(path = "/", options = "someone")
		void stream(Session<?> session) {
		}

	}

	@RestController
	static class TwoStateFactories {

		@SseEndpoint("/")
		void stream(Session<String> session) {
		}

		@Bean
		SessionStateFactory<String> first() {
			return (handshake) -> "";
		}

		@Bean
		SessionStateFactory<String> second() {
			return (handshake) -> "";
		}

	}

	@RestController
	static class OtherState {

		@Bean
		SessionOptions<Integer> numbered() {
			return SessionOptions.<Integer>builder().state(1).build();
		}

		@SseEndpoint(path = "/", options = "numbered")
		void stream(Session<String> session) {
		}

	}

	@Component
	static class NoController {

		@SseEndpoint("/")
		void stream(Session<?> session) {
		}

	}

	static class MappedByHand implements InitializingBean {

		private final RequestMappingHandlerMapping mapping;

		private final NoController handler;

		MappedByHand(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping,
				NoController handler) {
			this.mapping = mapping;
			this.handler = handler;
		}

		@Override
		public void afterPropertiesSet() throws NoSuchMethodException {
			this.mapping.registerMapping(RequestMappingInfo.paths("/").build(), this.handler,
					NoController.class.getDeclaredMethod("stream", Session.class));
		}

	}

}
