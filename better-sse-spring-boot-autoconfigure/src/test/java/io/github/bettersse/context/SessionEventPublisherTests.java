package io.github.bettersse.context;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.Connection;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Handshake;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to sessions is published as application events.
 */
class SessionEventPublisherTests {

	private final LinkedBlockingQueue<ApplicationEvent> published = new LinkedBlockingQueue<>();

	@Test
	void lifeOfASessionIsPublishedInOrder() {
		try (SseEngine engine = engine((event) -> this.published.add((ApplicationEvent) event))) {
			Channel<Void, Object> news = engine.getChannelRegistry().channel("news");
			SessionOpening<Object> opening = engine.getSessionFactory()
				.prepare(new SilentConnection(), SessionOptions.builder().build());
			Session<Object> session = opening.getSession();
			news.register(session);
			opening.complete();
			session.close();
			assertThat(next(SessionConnectedEvent.class).getSession()).isSameAs(session);
			SessionRegisteredEvent registered = next(SessionRegisteredEvent.class);
			assertThat(registered.getSession()).isSameAs(session);
			assertThat(registered.getChannel()).isSameAs(news);
			SessionDisconnectedEvent disconnected = next(SessionDisconnectedEvent.class);
			assertThat(disconnected.getSession()).isSameAs(session);
			assertThat(disconnected.getSource()).isSameAs(session);
			assertThat(disconnected.getReason()).isEqualTo(DisconnectReason.CLOSED);
			SessionDeregisteredEvent deregistered = next(SessionDeregisteredEvent.class);
			assertThat(deregistered.getSession()).isSameAs(session);
			assertThat(deregistered.getChannel()).isSameAs(news);
		}
		assertThat(this.published).isEmpty();
	}

	@Test
	void sessionThatNeverOpenedIsNotPublished() {
		try (SseEngine engine = engine((event) -> this.published.add((ApplicationEvent) event))) {
			SessionOpening<Object> refused = engine.getSessionFactory()
				.prepare(new SilentConnection(), SessionOptions.builder().build());
			engine.getChannelRegistry().channel("news").register(refused.getSession());
			refused.refuse();
			SessionOpening<Object> opening = engine.getSessionFactory()
				.prepare(new SilentConnection(), SessionOptions.builder().build());
			opening.complete();
			assertThat(next(SessionConnectedEvent.class).getSession()).isSameAs(opening.getSession());
			opening.getSession().disconnect();
			assertThat(next(SessionDisconnectedEvent.class).getReason()).isEqualTo(DisconnectReason.DISCONNECTED);
		}
		assertThat(this.published).isEmpty();
	}

	@Test
	void listenersOfTheApplicationHearWhatTheyAskFor() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Listeners.class);
				SseEngine engine = engine(context::publishEvent)) {
			SessionOpening<Object> opening = engine.getSessionFactory()
				.prepare(new SilentConnection(), SessionOptions.builder().build());
			opening.complete();
			engine.getChannelRegistry().channel("news").register(opening.getSession());
			opening.getSession().close();
			Listeners listeners = context.getBean(Listeners.class);
			assertThat(listeners.take()).isEqualTo("any SessionConnectedEvent");
			assertThat(listeners.take()).isEqualTo("any SessionRegisteredEvent");
			assertThat(List.of(listeners.take(), listeners.take())).containsExactlyInAnyOrder("gone CLOSED",
					"any SessionDisconnectedEvent");
			assertThat(listeners.take()).isEqualTo("any SessionDeregisteredEvent");
		}
	}

	private static SseEngine engine(ApplicationEventPublisher publisher) {
		return SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor((task) -> new Thread(task).start())
			.lifecycleListener(new SessionEventPublisher(publisher))
			.build();
	}

	private <T> T next(Class<T> type) {
		return type.cast(take(this.published));
	}

	private static <T> T take(LinkedBlockingQueue<T> queue) {
		try {
			T taken = queue.poll(20, TimeUnit.SECONDS);
			assertThat(taken).as("came in time").isNotNull();
			return taken;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** What an application may write. */
	static class Listeners {

		private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@EventListener
		void onAny(SessionEvent event) {
			this.heard.add("any " + event.getClass().getSimpleName());
		}

		@EventListener
		void onGone(SessionDisconnectedEvent event) {
			this.heard.add("gone " + event.getReason());
		}

		String take() {
			return SessionEventPublisherTests.take(this.heard);
		}

	}

	/** Takes everything. */
	private static final class SilentConnection implements Connection {

		@Override
		public Handshake getHandshake() {
			return Handshake.builder("GET", URI.create("/sse")).build();
		}

		@Override
		public void open(ResponseHead head) {
		}

		@Override
		public void start(Listener listener) {
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void write(Frame frame) {
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

		@Override
		public void abort(@Nullable IOException failure) {
		}

	}

}
