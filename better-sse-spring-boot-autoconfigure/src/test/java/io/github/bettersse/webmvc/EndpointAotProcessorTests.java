package io.github.bettersse.webmvc;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.bettersse.Session;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.javapoet.ClassName;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * What endpoints need by reflection is told ahead of time.
 */
class EndpointAotProcessorTests {

	private final RuntimeHints hints = new RuntimeHints();

	@Test
	void constructorsOfStates() {
		process(Endpoints.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(State.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	void stateOfAGenericBaseClass() {
		process(Specific.class);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(State.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS)).accepts(this.hints);
	}

	@Test
	void returnedItems() throws NoSuchMethodException {
		process(Endpoints.class);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Item.class.getDeclaredMethod("text")))
			.accepts(this.hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Promised.class.getDeclaredMethod("text")))
			.accepts(this.hints);
	}

	@Test
	void otherBeansContributeNothing() {
		assertThat(contribution(Other.class)).isNull();
	}

	@Test
	void processorsAreFound() {
		assertThat(AotServices.factories().load(BeanRegistrationAotProcessor.class))
			.hasAtLeastOneElementOfType(EndpointAotProcessor.class);
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
		assertThat(this.hints.reflection().typeHints().map((hint) -> hint.getType().getName()))
			.contains("org.reactivestreams.FlowAdapters", "org.springframework.security.oauth2.core.OAuth2Token");
		assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/resources/webjars/better-sse/client.js"))
			.accepts(this.hints);
	}

	private void process(Class<?> type) {
		GenerationContext context = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(EndpointAotProcessorTests.class)), new InMemoryGeneratedFiles(),
				this.hints);
		BeanRegistrationAotContribution contribution = contribution(type);
		assertThat(contribution).isNotNull();
		contribution.applyTo(context, mock());
	}

	private static BeanRegistrationAotContribution contribution(Class<?> type) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerBeanDefinition("bean", new RootBeanDefinition(type));
		return new EndpointAotProcessor().processAheadOfTime(RegisteredBean.of(beans, "bean"));
	}

	static class Endpoints {

		@SseEndpoint("/state")
		void state(Session<State> session) {
		}

		@SseEndpoint("/any")
		void any(Session<?> session, String parameter) {
		}

		@SseEndpoint("/items")
		List<Item> items() {
			return List.of();
		}

		@SseEndpoint("/promised")
		CompletableFuture<List<Promised>> promised(Session<Void> session) {
			return new CompletableFuture<>();
		}

	}

	abstract static class Generic<T> {

		@SseEndpoint("/generic")
		void generic(Session<T> session) {
		}

	}

	static class Specific extends Generic<State> {

	}

	static class Other {

		@GetMapping("/other")
		Item other() {
			return new Item("");
		}

	}

	public static class State {

	}

	record Item(String text) {
	}

	record Promised(String text) {
	}

}
