package io.github.bettersse.servlet;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Connection;
import io.github.bettersse.ResponseHead;
import io.github.bettersse.event.Frame;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection whose session's side does what the test says, with a record of what is
 * asked of the container.
 */
final class Exchange implements Connection.Listener {

	static final Frame FRAME = Frame.comment("x");

	/** More than the kernel takes for a client that does not read. */
	static final Frame LARGE_FRAME = Frame.comment("x".repeat(16 * 1024 * 1024));

	private final HttpServletRequest request;

	private final ServletConnection connection;

	/** The methods of the AsyncContext that were called, but not those of an event's. */
	private final List<String> calls = new CopyOnWriteArrayList<>();

	/** What {@link #onClosed} was called with, {@code "null"} for none. */
	private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();

	private final CountDownLatch writer;

	private final Semaphore writable = new Semaphore(0);

	private final CountDownLatch container;

	private Exchange(HttpServletRequest request, HttpServletResponse response, ConnectionAborter aborter,
			ConnectionHandOver handOver, CountDownLatch writer, CountDownLatch container) {
		this.request = request;
		this.writer = writer;
		this.container = container;
		this.connection = new ServletConnection(recording(request), response, aborter, handOver);
	}

	/**
	 * Open a connection whose request becomes asynchronous.
	 * @param writer what {@link #onClosed} has to wait for
	 * @param container what {@link #onWritable} has to wait for
	 */
	static Exchange open(HttpServletRequest request, HttpServletResponse response, ConnectionAborter aborter,
			CountDownLatch writer, CountDownLatch container) throws IOException {
		return new Exchange(request, response, aborter, ConnectionHandOver.none(), writer, container).open();
	}

	/**
	 * Open a connection that is handed over if it can be.
	 * @param writer what {@link #onClosed} has to wait for
	 */
	static Exchange openToHandOver(HttpServletRequest request, HttpServletResponse response,
			ConnectionHandOver handOver, CountDownLatch writer) throws IOException {
		return new Exchange(request, response, ConnectionAborter.none(), handOver, writer, new CountDownLatch(0))
			.open();
	}

	private Exchange open() throws IOException {
		this.connection.open(new ResponseHead(200, Map.of()));
		this.connection.flush();
		return this;
	}

	void start() throws IOException {
		this.connection.start(this);
	}

	ServletConnection connection() {
		return this.connection;
	}

	HttpServletRequest request() {
		return this.request;
	}

	List<String> calls() {
		return this.calls;
	}

	/** Write and flush one frame as soon as the connection is ready for it. */
	void write() throws IOException {
		Awaitility.await().until(this.connection::isReady);
		this.connection.write(FRAME);
		Awaitility.await().until(this.connection::isReady);
		this.connection.flush();
	}

	/** Write so much that the socket stays full if the client does not read. */
	void fill() throws IOException {
		Awaitility.await().until(this.connection::isReady);
		this.connection.write(LARGE_FRAME);
	}

	/** Wait until the container has ended the connection. */
	String awaitClosed() throws InterruptedException {
		String failure = this.closed.poll(10, TimeUnit.SECONDS);
		assertThat(failure).as("onClosed within 10 s").isNotNull();
		return failure;
	}

	/** Wait until the container may use the request for another client. */
	void awaitRecycled() {
		Awaitility.await().until(this::isRecycled);
	}

	boolean isRecycled() {
		try {
			this.request.getMethod();
			return false;
		}
		catch (IllegalStateException | NullPointerException ex) {
			return true;
		}
	}

	boolean wasToldOfTheEnd() {
		return !this.closed.isEmpty();
	}

	/** Wait for another callback that writing is possible. */
	void awaitWritable() throws InterruptedException {
		assertThat(this.writable.tryAcquire(10, TimeUnit.SECONDS)).as("onWritable within 10 s").isTrue();
	}

	@Override
	public void onWritable() {
		this.writable.release();
		await(this.container);
	}

	@Override
	public void onClosed(@Nullable Throwable failure) {
		this.closed.add((failure != null) ? failure.getClass().getSimpleName() : "null");
		await(this.writer);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private HttpServletRequest recording(HttpServletRequest request) {
		return new HttpServletRequestWrapper(request) {
			@Override
			public AsyncContext startAsync() {
				AsyncContext context = super.startAsync();
				return (AsyncContext) Proxy.newProxyInstance(getClass().getClassLoader(),
						new Class<?>[] { AsyncContext.class }, (proxy, method, arguments) -> {
							Exchange.this.calls.add(method.getName());
							try {
								return method.invoke(context, arguments);
							}
							catch (InvocationTargetException ex) {
								throw ex.getCause();
							}
						});
			}
		};
	}

}
