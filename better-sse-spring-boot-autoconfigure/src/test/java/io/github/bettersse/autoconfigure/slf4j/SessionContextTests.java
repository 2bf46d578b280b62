package io.github.bettersse.autoconfigure.slf4j;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.autoconfigure.BetterSseAutoConfiguration;
import io.github.bettersse.autoconfigure.jackson.BetterSseJacksonAutoConfiguration;
import io.github.bettersse.context.DecoratedSessionContext;
import io.github.bettersse.slf4j.MdcSessionContext;
import io.github.bettersse.webmvc.SseEndpoint;
import io.micrometer.context.ContextRegistry;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners find around them in an application.
 */
class SessionContextTests {

	private static final ThreadLocal<String> TRACE = new ThreadLocal<>();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, BetterSseAutoConfiguration.class,
				BetterSseJacksonAutoConfiguration.class, BetterSseSlf4jAutoConfiguration.class));

	@Test
	void theIdOfTheSessionAndWhatItsOpenerHad() throws Exception {
		ContextRegistry.getInstance().registerThreadLocalAccessor("trace", TRACE);
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).run(
				"--server.port=0", "--spring.task.execution.propagate-context=true",
				"--logging.level.io.github.bettersse.SessionLog=debug")) {
			Streams streams = context.getBean(Streams.class);
			SessionLines lines = new SessionLines();
			int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
			try (EventStreamClient client = EventStreamClient.connect(port, "/stream")) {
				client.readHead();
				String id = streams.next();
				assertThat(streams.next()).isEqualTo("connected " + id + " trace of the opener");
				streams.session.close();
				client.readRest();
				assertThat(streams.next()).isEqualTo("disconnected " + id + " trace of the opener");
				assertThat(lines.next(id)).startsWith("is open: GET /stream from 127.0.0.1, user null,");
				assertThat(lines.next(id)).isEqualTo("ends: CLOSED");
				assertThat(lines.next(id)).isEqualTo("is gone: CLOSED");
			}
			finally {
				lines.close();
			}
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("trace");
		}
	}

	@Test
	void withoutSlf4jThereIsNoId() {
		this.runner.withClassLoader(new FilteredClassLoader("org.slf4j"))
			.run((context) -> assertThat(context).hasSingleBean(ChannelRegistry.class)
				.doesNotHaveBean("sseMdcSessionContext"));
	}

	@Test
	void withoutADecoratorThereIsTheIdOnly() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(MdcSessionContext.class)
			.doesNotHaveBean(DecoratedSessionContext.class));
	}

	@Test
	void withContextPropagationThereIsBoth() {
		this.runner.withPropertyValues("spring.task.execution.propagate-context=true")
			.run((context) -> assertThat(context).hasSingleBean(MdcSessionContext.class)
				.hasSingleBean(DecoratedSessionContext.class));
	}

	@Test
	void beansOfTheApplicationReplaceOurs() {
		MdcSessionContext own = new MdcSessionContext();
		DecoratedSessionContext decorated = new DecoratedSessionContext((task) -> task);
		this.runner.withBean("own", MdcSessionContext.class, () -> own)
			.withBean("decorated", DecoratedSessionContext.class, () -> decorated)
			.withPropertyValues("spring.task.execution.propagate-context=true")
			.run((context) -> {
				assertThat(context).getBean(MdcSessionContext.class).isSameAs(own);
				assertThat(context).getBean(DecoratedSessionContext.class).isSameAs(decorated);
			});
	}

	/** What the log says of sessions, if it has the session's id in its context. */
	private static final class SessionLines extends AppenderBase<ILoggingEvent> {

		private final BlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

		private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.bettersse.SessionLog");

		SessionLines() {
			this.logger.setLevel(Level.DEBUG);
			this.logger.addAppender(this);
			start();
		}

		@Override
		protected void append(ILoggingEvent event) {
			event.getMDCPropertyMap();
			this.events.add(event);
		}

		String next(String id) throws InterruptedException {
			ILoggingEvent event = this.events.poll(10, TimeUnit.SECONDS);
			assertThat(event).isNotNull();
			assertThat(event.getMDCPropertyMap()).containsEntry("sse.session", id);
			assertThat(event.getFormattedMessage()).startsWith("Session " + id + " ");
			return event.getFormattedMessage().substring("Session ".length() + id.length() + 1);
		}

		void close() {
			this.logger.detachAppender(this);
			this.logger.setLevel(null);
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Application {

		@Bean
		Filter tracing() {
			return (request, response, chain) -> {
				TRACE.set("trace of the opener");
				try {
					chain.doFilter(request, response);
				}
				finally {
					TRACE.remove();
				}
			};
		}

	}

	@RestController
	static class Streams {

		private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

		private volatile Session<?> session;

		@SseEndpoint("/stream")
		void stream(Session<?> session) {
			this.session = session;
			this.told.add(session.getId());
			session.onConnected(() -> this.told.add("connected " + around()));
			session.onDisconnected((reason) -> this.told.add("disconnected " + around()));
		}

		private static String around() {
			return MDC.get(MdcSessionContext.KEY) + " " + TRACE.get();
		}

		String next() throws InterruptedException {
			String next = this.told.poll(10, TimeUnit.SECONDS);
			assertThat(next).isNotNull();
			return next;
		}

	}

}
