package io.github.bettersse.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.Session;
import io.github.bettersse.SessionOpening;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.DataSerializer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

class ServletSessionFactoryTests {

	private static final SessionOptions<Object> OPTIONS = SessionOptions.builder().noRetry().build();

	@TempDir
	Path directory;

	@Test
	void saysWhatToDoWhenTheRequestCannotBeAsynchronous() throws Exception {
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		try (SseEngine engine = engine();
				TomcatServer server = TomcatServer.startWithoutAsyncSupport(this.directory,
						(request, response) -> failures
							.add(catchThrowable(() -> factory(engine).open(request, response, OPTIONS))));
				EventStreamClient client = EventStreamClient.connect(server.port(), "/events")) {
			assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class)
				.hasMessage("The request for /events cannot be asynchronous, as an event stream has to be. "
						+ "Set asyncSupported to true for the servlet that handles it and for every filter it "
						+ "passes: in @WebServlet or @WebFilter, with setAsyncSupported(true) of the "
						+ "ServletRegistrationBean or FilterRegistrationBean, or with <async-supported> in web.xml.");
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 200 \nContent-Length: 0\n\n");
		}
	}

	@Test
	void refusesACommittedResponse() throws Exception {
		BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
		try (SseEngine engine = engine();
				TomcatServer server = TomcatServer.start(this.directory, (request, response) -> {
					response.flushBuffer();
					failures.add(catchThrowable(() -> factory(engine).open(request, response, OPTIONS)));
				});
				EventStreamClient client = EventStreamClient.connect(server.port(), "/events")) {
			assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class)
				.hasMessage("The response to /events is committed: no event stream can be opened on it any more.");
			client.readHead();
		}
	}

	@Test
	void preparedResponseIsUntouchedUntilTheSessionOpens() throws Exception {
		SseServer.Opener opener = (factory, request, response) -> {
			SessionOpening<Object> opening = factory.prepare(request, response, OPTIONS);
			opening.refuse();
			try {
				response.sendError(409);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return opening.getSession();
		};
		try (SseServer server = SseServer.in(this.directory).opener(opener).start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			assertThat(client.readHead()).isEqualTo("HTTP/1.1 409 \nContent-Length: 0\n\n");
		}
	}

	@Test
	void endedSessionKeepsNothingOfTheRequest() throws Exception {
		BlockingQueue<WeakReference<HttpServletRequest>> requests = new LinkedBlockingQueue<>();
		SseServer.Opener opener = (factory, request, response) -> {
			HttpServletRequest wrapper = new HttpServletRequestWrapper(request);
			requests.add(new WeakReference<>(wrapper));
			return factory.open(wrapper, response, OPTIONS);
		};
		try (SseServer server = SseServer.in(this.directory).opener(opener).start();
				EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
			Session<Object> session = server.nextSession();
			session.close();
			client.readHead();
			client.readRest();
			WeakReference<HttpServletRequest> request = requests.take();
			await().until(() -> {
				System.gc();
				return request.refersTo(null);
			});
			assertThat(session.isConnected()).isFalse();
		}
	}

	@Test
	void writesBlockingWhereNonBlockingIsNotSupported() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/events");
		request.setAsyncSupported(true);
		MockHttpServletResponse response = new MockHttpServletResponse();
		try (SseEngine engine = engine()) {
			Session<Object> session = factory(engine).open(request, response, OPTIONS);
			session.push("hello", "greeting", "1");
			session.close();
			assertThat(request.isAsyncStarted()).isFalse();
			assertThat(response.getContentType()).isEqualTo("text/event-stream");
			assertThat(response.getContentAsString()).isEqualTo("event: greeting\nid: 1\ndata: hello\n\n");
		}
	}

	private static SseEngine engine() {
		return SseEngine.builder().serializer(DataSerializer.ofText(String::valueOf)).executor(Runnable::run).build();
	}

	private static ServletSessionFactory factory(SseEngine engine) {
		return new ServletSessionFactory(engine.getSessionFactory());
	}

}
