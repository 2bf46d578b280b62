package io.github.bettersse.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The executor of listeners stands beside the application's own.
 */
class TaskExecutorTests {

	private static final String OURS = "betterSseTaskExecutor";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class));

	@Test
	void springBootStillMakesItsOwn() {
		this.runner.withUserConfiguration(NeedsExecutor.class).run((context) -> {
			assertThat(context).hasBean("applicationTaskExecutor");
			assertThat(context.getBean(NeedsExecutor.class).executor)
				.isSameAs(context.getBean("applicationTaskExecutor"));
			assertThat(context.getBean(OURS)).isInstanceOf(ThreadPoolTaskExecutor.class);
			assertThat(threadName(context.getBean(OURS, Executor.class))).startsWith("sse-task-");
		});
	}

	@Test
	void asynchronousMethodsRunOnTheApplicationsExecutor() {
		this.runner.withUserConfiguration(AsyncMethods.class)
			.run((context) -> assertThat(context.getBean(AsyncMethods.class).threadName().get(10, TimeUnit.SECONDS))
				.startsWith("task-"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void itsThreadsAreVirtualWhereSpringBootEnablesThem() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			assertThat(context.getBean(OURS)).isInstanceOf(SimpleAsyncTaskExecutor.class);
			assertThat(threadName(context.getBean(OURS, Executor.class))).startsWith("sse-task-");
		});
	}

	@Test
	void itIsMadeWithoutTheBuildersOfSpringBoot() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class))
			.run((context) -> assertThat(threadName(context.getBean(OURS, Executor.class))).startsWith("sse-task-"));
	}

	@Test
	void oneOfItsNameReplacesIt() {
		this.runner.withUserConfiguration(OwnExecutor.class).run((context) -> {
			assertThat(context).getBean(OURS).isInstanceOf(SimpleAsyncTaskExecutor.class);
			assertThat(threadName(context.getBean(OURS, Executor.class))).startsWith("own-");
			assertThat(context).hasBean("applicationTaskExecutor");
		});
	}

	private static String threadName(Executor executor) throws Exception {
		CompletableFuture<String> name = new CompletableFuture<>();
		executor.execute(() -> name.complete(Thread.currentThread().getName()));
		return name.get(10, TimeUnit.SECONDS);
	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsExecutor {

		private final TaskExecutor executor;

		@Autowired
		NeedsExecutor(TaskExecutor executor) {
			this.executor = executor;
		}

	}

	@EnableAsync(proxyTargetClass = true)
	static class AsyncMethods {

		@Async
		CompletableFuture<String> threadName() {
			return CompletableFuture.completedFuture(Thread.currentThread().getName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean(name = OURS, defaultCandidate = false)
		SimpleAsyncTaskExecutor ownExecutor() {
			return new SimpleAsyncTaskExecutor("own-");
		}

	}

}
