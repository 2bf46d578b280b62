package io.github.bettersse.benchmarks.server.springmvc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.bettersse.benchmarks.server.Tick;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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

	private final List<Stream> streams = new CopyOnWriteArrayList<>();

	@Bean
	ServletRegistrationBean<HttpServlet> streamServlet() {
		ServletRegistrationBean<HttpServlet> registration = new ServletRegistrationBean<>(new StreamServlet(), "/sse");
		registration.setAsyncSupported(true);
		return registration;
	}

	@Override
	public void broadcast(int sequence, String data) {
		byte[] event = event(sequence, data);
		this.streams.forEach((stream) -> stream.write(event));
	}

	@Override
	public void push(int stream, int sequence, String data) {
		this.streams.get(stream).write(event(sequence, data));
	}

	private static byte[] event(int sequence, String data) {
		return ("event: " + Tick.NAME + "\nid: " + sequence + "\ndata: " + data + "\n\n")
			.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public int count() {
		return this.streams.size();
	}

	private final class StreamServlet extends HttpServlet {

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			AsyncContext context = request.startAsync();
			context.setTimeout(0);
			response.setContentType("text/event-stream");
			response.flushBuffer();
			Stream stream = new Stream(response.getOutputStream());
			context.addListener(stream);
			BareServletStreams.this.streams.add(stream);
		}

	}

	/**
	 * What is to have ended before the container uses the response again, or the client
	 * that comes next would get its events.
	 */
	private final class Stream implements AsyncListener {

		private final ServletOutputStream out;

		private boolean ended;

		Stream(ServletOutputStream out) {
			this.out = out;
		}

		synchronized void write(byte[] event) {
			if (this.ended) {
				return;
			}
			try {
				this.out.write(event);
				this.out.flush();
			}
			catch (IOException ex) {
				// The client has gone
				end();
			}
		}

		private synchronized void end() {
			this.ended = true;
			BareServletStreams.this.streams.remove(this);
		}

		@Override
		public void onComplete(AsyncEvent event) {
			end();
		}

		@Override
		public void onError(AsyncEvent event) {
			end();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			end();
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// The servlet starts once
		}

	}

}
