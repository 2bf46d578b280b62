package io.github.bettersse.autoconfigure;

import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.bettersse.Handshake;
import io.github.bettersse.OutputStreamConnection;
import io.github.bettersse.Session;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import org.awaitility.Awaitility;
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
	void itsThreadsHaveTheClassLoaderOfTheApplicationWhoeverNeedsThemFirst() {
		this.runner.run((context) -> {
			Executor executor = context.getBean(OURS, Executor.class);
			CompletableFuture<ClassLoader> used = new CompletableFuture<>();
			Thread container = new Thread(
					() -> executor.execute(() -> used.complete(Thread.currentThread().getContextClassLoader())));
			container.setContextClassLoader(new ClassLoader() {
			});
			container.start();
			assertThat(used.get(10, TimeUnit.SECONDS)).isSameAs(context.getClassLoader());
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
	void sourcesThatBlockKeepNoListenerFromRunning() {
		this.runner.run((context) -> {
			SessionFactory sessions = context.getBean(SessionFactory.class);
			CountDownLatch blocked = new CountDownLatch(50);
			CountDownLatch release = new CountDownLatch(1);
			try {
				for (int i = 0; i < 50; i++) {
					open(sessions).iterate(Stream.generate(() -> {
						blocked.countDown();
						return await(release);
					}).limit(1));
				}
				assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
				CompletableFuture<Void> heard = new CompletableFuture<>();
				open(sessions).onConnected(() -> heard.complete(null));
				assertThat(heard).succeedsWithin(Duration.ofSeconds(10));
			}
			finally {
				release.countDown();
			}
		});
	}

	@Test
	void whatIsBeyondItsThreadsWaits() {
		this.runner.run((context) -> {
			Executor executor = context.getBean(OURS, Executor.class);
			CountDownLatch blocked = new CountDownLatch(200);
			CountDownLatch release = new CountDownLatch(1);
			CountDownLatch done = new CountDownLatch(300);
			try {
				for (int i = 0; i < 300; i++) {
					executor.execute(() -> {
						blocked.countDown();
						await(release);
						done.countDown();
					});
				}
				assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
				assertThat(context.getBean(OURS, ThreadPoolTaskExecutor.class).getPoolSize()).isEqualTo(200);
				assertThat(context.getBean(OURS, ThreadPoolTaskExecutor.class).getQueueSize()).isEqualTo(100);
			}
			finally {
				release.countDown();
			}
			assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	void anIdleThreadTakesTheNextTask() {
		this.runner.run((context) -> {
			ThreadPoolTaskExecutor executor = context.getBean(OURS, ThreadPoolTaskExecutor.class);
			LinkedTransferQueue<Runnable> queue = (LinkedTransferQueue<Runnable>) executor.getThreadPoolExecutor()
				.getQueue();
			for (int i = 0; i < 10; i++) {
				threadName(executor);
				Awaitility.await().until(queue::hasWaitingConsumer);
			}
			assertThat(executor.getPoolSize()).isEqualTo(1);
			assertThat(executor.getThreadPoolExecutor().allowsCoreThreadTimeOut()).isTrue();
			assertThat(executor.getKeepAliveSeconds()).isEqualTo(60);
		});
	}

	private static Session<Object> open(SessionFactory sessions) {
		Handshake handshake = Handshake.builder("GET", URI.create("/")).build();
		return sessions.open(new OutputStreamConnection(handshake, OutputStream.nullOutputStream()),
				SessionOptions.builder().build());
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
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
