package io.github.bettersse.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import org.jspecify.annotations.Nullable;

import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * A response without a server. The handler has run on the thread of the test.
 */
final class MockMvcExchange extends InputStream implements Exchange, AsyncListener {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final MockHttpServletResponse response;

	private final @Nullable MockAsyncContext context;

	private volatile boolean complete;

	private int position;

	private MockMvcExchange(MockHttpServletRequest request, MockHttpServletResponse response) {
		this.response = response;
		this.context = (MockAsyncContext) request.getAsyncContext();
		if (this.context != null) {
			this.context.addListener(this);
		}
		this.complete = this.complete || !request.isAsyncStarted();
	}

	static MockMvcExchange open(MockMvc mvc, StreamRequest request, List<RequestPostProcessor> processors) {
		URI uri = URI.create(request.path());
		MockHttpServletRequestBuilder builder = (request.body() != null)
				? MockMvcRequestBuilders.post(uri).content(request.body()) : MockMvcRequestBuilders.get(uri);
		request.headers().forEach((name, values) -> builder.header(name, values.toArray()));
		processors.forEach(builder::with);
		try {
			MvcResult result = mvc.perform(builder).andReturn();
			return new MockMvcExchange(result.getRequest(), result.getResponse());
		}
		catch (Exception ex) {
			throw new AssertionError("The request has failed", ex);
		}
	}

	@Override
	public int status() {
		return this.response.getStatus();
	}

	@Override
	public Map<String, List<String>> headers() {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		this.response.getHeaderNames().forEach((name) -> headers.put(name, this.response.getHeaders(name)));
		return headers;
	}

	@Override
	public InputStream body() {
		return this;
	}

	@Override
	public int read() {
		byte[] single = new byte[1];
		return (read(single, 0, 1) > 0) ? single[0] & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) {
		while (true) {
			boolean last = this.complete;
			byte[] content = this.response.getContentAsByteArray();
			int count = Math.min(length, content.length - this.position);
			if (count > 0) {
				System.arraycopy(content, this.position, target, offset, count);
				this.position += count;
				return count;
			}
			if (last) {
				return -1;
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	/** As a container does whose client has gone. */
	@Override
	public void cut() throws IOException {
		MockAsyncContext context = this.context;
		if (context != null && !this.complete) {
			AsyncEvent event = new AsyncEvent(context, new IOException("The client has gone"));
			for (AsyncListener listener : new ArrayList<>(context.getListeners())) {
				listener.onError(event);
			}
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.complete = true;
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.complete = true;
	}

	@Override
	public void onError(AsyncEvent event) {
		this.complete = true;
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
