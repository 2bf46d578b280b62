package io.github.bettersse.benchmarks.server.springmvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.benchmarks.server.Tick;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Nothing between the servlet API and the event: a write and a flush, both blocking.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "streams", havingValue = "bare-servlet")
class BareServletStreams implements Streams {

	private final List<AsyncContext> contexts = new CopyOnWriteArrayList<>();

	@Bean
	ServletRegistrationBean<HttpServlet> streamServlet() {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new StreamServlet(), "/sse");
		registration.setAsyncSupported(true);
		return registration;
	}

	@Override
	public void broadcast(int sequence, String data) {
		byte[] event = event(sequence, data);
		this.contexts.forEach((context) -> write(context, event));
	}

	@Override
	public void push(int stream, int sequence, String data) {
		write(this.contexts.get(stream), event(sequence, data));
	}

	private static byte[] event(int sequence, String data) {
		return ("event: " + Tick.NAME + "\nid: " + sequence + "\ndata: " + data + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	private void write(AsyncContext context, byte[] event) {
		try {
			ServletOutputStream out = context.getResponse().getOutputStream();
			out.write(event);
			out.flush();
		}
		catch (IOException | IllegalStateException ex) {
			// The client has gone
			this.contexts.remove(context);
		}
	}

	@Override
	public int count() {
		return this.contexts.size();
	}

	private final class StreamServlet extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			AsyncContext context = request.startAsync();
			context.setTimeout(0);
			response.setContentType("text/event-stream");
			response.flushBuffer();
			BareServletStreams.this.contexts.add(context);
		}

	}

}
