package io.github.bettersse.autoconfigure;

import java.util.concurrent.Executor;

import io.github.bettersse.ChannelAuthorizer;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EngineRecorder;
import io.github.bettersse.SessionContext;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SessionLifecycleListener;
import io.github.bettersse.SseEngine;
import io.github.bettersse.SseEngineBuilder;
import io.github.bettersse.UserNameResolver;
import io.github.bettersse.context.SessionEventPublisher;
import io.github.bettersse.context.SseLifecycle;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.eventlog.EventLog;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of sessions and channels.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class)
@EnableConfigurationProperties(BetterSseProperties.class)
@Import({ TaskExecutorConfiguration.class, SessionContextConfiguration.class })
public final class BetterSseAutoConfiguration {

	/** A constant of an optional library, copied by the compiler. */
	private static final int LIFECYCLE_PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;

	@Bean
	@ConditionalOnMissingBean
	EventLog sseEventLog(BetterSseProperties properties) {
		return new HistorySettings(properties).newLog();
	}

	@Bean
	@ConditionalOnMissingBean
	SseEngine sseEngine(BetterSseProperties properties, DataSerializer serializer,
			@Qualifier(TaskExecutorConfiguration.BEAN_NAME) Executor executor, EventLog eventLog,
			ObjectProvider<UserNameResolver> userNameResolver, ObjectProvider<ChannelAuthorizer> channelAuthorizer,
			SessionLifecycleListener lifecycleListener, ObjectProvider<EngineRecorder> recorder,
			ObjectProvider<SessionContext> contexts) {
		SseEngineBuilder engine = SseEngine.builder()
			.serializer(serializer)
			.executor(executor)
			.eventLog(eventLog)
			.lifecycleListener(lifecycleListener);
		new EngineProperties(properties).applyTo(engine);
		new LimitSettings(properties).applyTo(engine);
		new HistorySettings(properties).applyTo(engine);
		contexts.orderedStream().reduce(SessionContext::around).ifPresent(engine::sessionContext);
		userNameResolver.ifAvailable(engine::userNameResolver);
		channelAuthorizer.ifAvailable(engine::channelAuthorizer);
		recorder.ifAvailable(engine::recorder);
		return engine.build();
	}

	@Bean
	@ConditionalOnMissingBean(SessionLifecycleListener.class)
	SessionEventPublisher sseSessionEventPublisher(ApplicationEventPublisher publisher) {
		return new SessionEventPublisher(publisher);
	}

	@Bean
	@ConditionalOnMissingBean
	ChannelRegistry sseChannelRegistry(SseEngine engine) {
		return engine.getChannelRegistry();
	}

	@Bean
	@ConditionalOnMissingBean
	SessionFactory sseSessionFactory(SseEngine engine) {
		return engine.getSessionFactory();
	}

	@Bean
	@ConditionalOnMissingBean
	SseLifecycle sseLifecycle(SseEngine engine) {
		return new SseLifecycle(engine, LIFECYCLE_PHASE);
	}

}
