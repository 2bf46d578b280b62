package io.github.bettersse.autoconfigure;

import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.SessionFactory;
import io.github.bettersse.SseEngine;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.context.SseLifecycle;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.InMemoryEventLog;
import io.github.bettersse.json.JacksonDataSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans of an application without a web server, and what replaces them.
 */
class BetterSseAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(BetterSseAutoConfiguration.class, BetterSseJacksonAutoConfiguration.class));

	@Test
	void registryAndFactoryAreThoseOfTheEngine() {
		this.runner.run((context) -> {
			SseEngine engine = context.getBean(SseEngine.class);
			assertThat(context.getBean(ChannelRegistry.class)).isSameAs(engine.getChannelRegistry());
			assertThat(context.getBean(SessionFactory.class)).isSameAs(engine.getSessionFactory());
			assertThat(context).hasSingleBean(JacksonDataSerializer.class);
			assertThat(engine.isRunning()).isTrue();
		});
	}

	@Test
	void theEngineStopsBeforeTheWebServerShutsDown() {
		this.runner.run((context) -> assertThat(context.getBean(SseLifecycle.class).getPhase())
			.isGreaterThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE));
	}

	@Test
	void theEngineIsClosedWithTheContext() {
		SseEngine[] engine = new SseEngine[1];
		this.runner.run((context) -> engine[0] = context.getBean(SseEngine.class));
		assertThat(engine[0].isRunning()).isFalse();
	}

	@Test
	void anEngineOfTheApplicationReplacesOurs() {
		this.runner.withUserConfiguration(OwnEngine.class).run((context) -> {
			assertThat(context).getBean(SseEngine.class).isSameAs(OwnEngine.engine);
			assertThat(context.getBean(ChannelRegistry.class)).isSameAs(OwnEngine.engine.getChannelRegistry());
		});
	}

	@Test
	void aRegistryOfTheApplicationReplacesOurs() {
		ChannelRegistry own = OwnEngine.engine.getChannelRegistry();
		this.runner.withBean("own", ChannelRegistry.class, () -> own)
			.run((context) -> assertThat(context).getBean(ChannelRegistry.class).isSameAs(own));
	}

	@Test
	void aSessionFactoryOfTheApplicationReplacesOurs() {
		SessionFactory own = OwnEngine.engine.getSessionFactory();
		this.runner.withBean("own", SessionFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(SessionFactory.class).isSameAs(own));
	}

	@Test
	void aLifecycleOfTheApplicationReplacesOurs() {
		SseLifecycle own = new SseLifecycle(OwnEngine.engine, 7);
		this.runner.withBean("own", SseLifecycle.class, () -> own)
			.run((context) -> assertThat(context).getBean(SseLifecycle.class).isSameAs(own));
	}

	@Test
	void aSerializerOfTheApplicationReplacesJackson() {
		DataSerializer own = DataSerializer.ofText(Object::toString);
		this.runner.withBean("own", DataSerializer.class, () -> own)
			.run((context) -> assertThat(context).getBean(DataSerializer.class).isSameAs(own));
	}

	@Test
	void theMapperOfTheApplicationMakesTheJson() {
		JsonMapper own = JsonMapper.builder().findAndAddModules().build();
		this.runner.withBean(JsonMapper.class, () -> own)
			.run((context) -> assertThat(context).getBean(JacksonDataSerializer.class)
				.hasFieldOrPropertyWithValue("mapper", own));
	}

	@Test
	void anEventLogOfTheApplicationOrdersTheBroadcasts() {
		InMemoryEventLog own = new InMemoryEventLog();
		this.runner.withBean("own", EventLog.class, () -> own)
			.run((context) -> assertThat(context.getBean(ChannelRegistry.class).channel("any").getPosition())
				.isEqualTo(own.getPosition().toString()));
	}

	@Test
	void withoutJacksonASerializerOfTheApplicationServes() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.withBean("own", DataSerializer.class, () -> DataSerializer.ofText(Object::toString))
			.run((context) -> assertThat(context).hasSingleBean(SseEngine.class));
	}

	@Test
	void withoutJacksonAndSerializerTheFailureNamesTheSerializer() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("No qualifying bean of type '" + DataSerializer.class.getName() + "'"));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnEngine {

		static final SseEngine engine = SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(Runnable::run)
			.build();

		@Bean(destroyMethod = "")
		SseEngine ownEngine() {
			return engine;
		}

	}

}
