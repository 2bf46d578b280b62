package io.github.bettersse.autoconfigure;

import java.time.Duration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Where listeners run and sources that may block are pulled. No default candidate: Spring
 * Boot makes its own executor only where there is no other, and {@code @Async} methods do
 * not belong here.
 */
@Configuration(proxyBeanMethods = false)
class TaskExecutorConfiguration {

	static final String BEAN_NAME = "betterSseTaskExecutor";

	/** As many as Tomcat has for requests. */
	private static final int MAX_THREADS = 200;

	private static final String THREAD_NAME_PREFIX = "sse-task-";

	/**
	 * Grows with the tasks that block, and shrinks when threads are idle for as long as
	 * Spring Boot's own keeps them. Takes every task, also those that ending sessions
	 * bring while the context closes, and gives them a moment to end.
	 */
	@Bean(name = BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = BEAN_NAME)
	@ConditionalOnThreading(Threading.PLATFORM)
	ThreadPoolTaskExecutor betterSseTaskExecutor(ObjectProvider<ThreadPoolTaskExecutorBuilder> builder) {
		GrowingTaskExecutor executor = builder.getIfAvailable(ThreadPoolTaskExecutorBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.corePoolSize(1)
			.maxPoolSize(MAX_THREADS)
			.allowCoreThreadTimeOut(true)
			.acceptTasksAfterContextClose(true)
			.awaitTermination(true)
			.awaitTerminationPeriod(Duration.ofMillis(500))
			.configure(new GrowingTaskExecutor());
		executor.setDaemon(true);
		return executor;
	}

	/** Without a limit: it would make the submitting delivery thread wait. */
	@Bean(name = BEAN_NAME, defaultCandidate = false)
	@ConditionalOnMissingBean(name = BEAN_NAME)
	@ConditionalOnThreading(Threading.VIRTUAL)
	SimpleAsyncTaskExecutor betterSseVirtualThreadTaskExecutor(ObjectProvider<SimpleAsyncTaskExecutorBuilder> builder) {
		return builder.getIfAvailable(SimpleAsyncTaskExecutorBuilder::new)
			.threadNamePrefix(THREAD_NAME_PREFIX)
			.virtualThreads(true)
			.concurrencyLimit(null)
			.build();
	}

}
