package io.github.bettersse.webmvc;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.autoconfigure.webmvc.BetterSseWebMvcAutoConfiguration;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Endpoints where Reactive Streams is not on the class path.
 */
class WithoutReactiveStreamsTests {

	@Test
	void sourcesOfTheJdkAreStreamed() throws Exception {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (OwnClassLoader classLoader = new OwnClassLoader()) {
			Thread.currentThread().setContextClassLoader(classLoader);
			Class<?> type = classLoader.loadClass(Answers.class.getName());
			Callable<?> answers = (Callable<?>) type.getDeclaredConstructor().newInstance();
			assertThat(answers.call()).isEqualTo(List.of("retry: 2000\n\nid: 1\ndata: 1\n\n",
					"retry: 2000\n\nid: 1\ndata: 1\n\n", "retry: 2000\n\n"));
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

	/**
	 * Loads the library once more, since classes are linked to what their own class
	 * loader can see.
	 */
	private static final class OwnClassLoader extends FilteredClassLoader {

		OwnClassLoader() {
			super("org.reactivestreams", "reactor", "io.reactivex");
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith("io.github.bettersse.")) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getResourceAsStream(ClassUtils.convertClassNameToResourcePath(name) + ".class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

	/**
	 * Answers of endpoints of an application of the class loader's own.
	 */
	public static class Answers implements Callable<List<String>> {

		@Override
		public List<String> call() {
			AtomicReference<List<String>> answers = new AtomicReference<>();
			new WebApplicationContextRunner().withClassLoader(getClass().getClassLoader())
				.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
						BetterSseJacksonAutoConfiguration.class, BetterSseServletAutoConfiguration.class,
						BetterSseWebMvcAutoConfiguration.class, WebMvcAutoConfiguration.class))
				.withUserConfiguration(Sources.class)
				.run((context) -> answers
					.set(List.of(answer(context, "/list"), answer(context, "/stage"), answer(context, "/null"))));
			return answers.get();
		}

		private static String answer(AssertableWebApplicationContext context, String path) throws Exception {
			MvcTestResult result = MockMvcTester.from(context).get().uri(path).asyncExchange();
			await().until(() -> !result.getRequest().isAsyncStarted());
			return result.getResponse().getContentAsString();
		}

	}

	@RestController
	static class Sources {

		@SseEndpoint("/list")
		List<SseEvent> list() {
			return List.of(SseEvent.of(1).id("1"));
		}

		@SseEndpoint("/stage")
		CompletionStage<List<SseEvent>> stage() {
			return CompletableFuture.completedFuture(list());
		}

		@SseEndpoint("/null")
		List<SseEvent> nothing() {
			return null;
		}

	}

}
