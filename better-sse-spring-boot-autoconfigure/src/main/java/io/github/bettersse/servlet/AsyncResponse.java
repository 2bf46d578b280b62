package io.github.bettersse.servlet;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.github.bettersse.Connection.Listener;
import io.github.bettersse.event.Frame;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A response after its request's thread has handed it over: two parties may end it, the
 * session and the container.
 *
 * <pre>
 *   NEW --start()--> OPEN --close(), abort(..)--> LEFT --a terminal callback--> ENDED
 *                     |                                                           ^
 *                     +---------- a terminal callback: listener.onClosed() -------+
 * </pre>
 *
 * After its last callback a container gives the same request and response to another
 * client. So none of ours may touch them any more, neither a write that is still under
 * way nor a late call to the {@link AsyncContext}:
 * <ul>
 * <li>A terminal callback in OPEN waits, in {@link Listener#onClosed}, until no write is
 * under way. In LEFT there is none.</li>
 * <li>The session calls the container for the last time under the lock; terminal
 * callbacks take it first. So they wait for such a call and keep a later one from being
 * made. They release it before they wait or complete, and a call that is made under it
 * waits for no callback.</li>
 * </ul>
 * Nothing else may complete the request.
 */
final class AsyncResponse implements StreamOutput, AsyncListener, WriteListener {

	private final Listener listener;

	private final ConnectionAborter aborter;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable ServletOutputStream output;

	private volatile boolean blocking;

	private @Nullable HttpServletRequest request;

	/** Null in NEW and ENDED. */
	private volatile @Nullable AsyncContext context;

	private volatile @Nullable ContainerEvents events;

	private boolean left;

	AsyncResponse(Listener listener, ConnectionAborter aborter) {
		this.listener = listener;
		this.aborter = aborter;
	}

	/** Called once, by the request's thread. */
	void start(HttpServletRequest request, ServletOutputStream output) {
		AsyncContext context = request.startAsync();
		this.request = request;
		this.context = context;
		this.output = output;
		try {
			this.events = new ContainerEvents(this.aborter.getEventLock(request), this.listener::onWritable);
			context.setTimeout(0);
			context.addListener(this);
			output.setWriteListener(this);
		}
		catch (UnsupportedOperationException ex) {
			// As in MockMvc: whoever writes waits until it is written.
			this.blocking = true;
		}
		catch (RuntimeException ex) {
			// Without a time-out the request would never end.
			close();
			throw ex;
		}
	}

	@Override
	public boolean isReady() {
		ServletOutputStream output = this.output;
		return this.blocking || output == null || (output.isReady() && !isEventUnderWay());
	}

	@Override
	public boolean seemsReady() {
		return this.output != null;
	}

	private boolean isEventUnderWay() {
		AsyncContext context = this.context;
		ContainerEvents events = this.events;
		return context != null && events != null && events.isUnderWay(context);
	}

	@Override
	public void write(Frame frame) throws IOException {
		ServletConnection.write(frame, ServletConnection.stillThere(this.output));
	}

	@Override
	public void flush() throws IOException {
		ServletConnection.stillThere(this.output).flush();
	}

	@Override
	public void close() {
		leave(AsyncResponse::complete);
	}

	@Override
	public void abort(@Nullable IOException failure) {
		if (failure != null) {
			awaitError();
		}
		else {
			drop();
		}
	}

	/** Drop the connection; where it can be cut a container thread does it. */
	private void drop() {
		ServletOutputStream output = this.output;
		leave((context) -> {
			HttpServletRequest request = this.request;
			if (request == null || !this.aborter.supports(request)) {
				giveUp(context, output);
			}
			else if (!ContainerEvents.start(context, this::cut)) {
				complete(context);
			}
		});
	}

	private void giveUp(AsyncContext context, @Nullable ServletOutputStream output) {
		if (output != null && !this.blocking) {
			// Jetty drops a response that is completed after it has said that it is not
			// ready. If it was not asked, it waits for the client.
			output.isReady();
		}
		complete(context);
	}

	private void cut() {
		this.lock.lock();
		try {
			HttpServletRequest request = this.request;
			AsyncContext context = this.context;
			if (request != null && context != null && !this.aborter.abort(request)) {
				complete(context);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A write has failed: leave the end to the container, which reports it to the
	 * listeners. Completing from the thread that wrote would race with that.
	 */
	private void awaitError() {
		leave((context) -> Backstop.schedule(this::completeUnreported));
	}

	private void completeUnreported() {
		this.lock.lock();
		try {
			AsyncContext context = forget();
			if (context != null) {
				complete(context);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void leave(Consumer<AsyncContext> lastCall) {
		this.lock.lock();
		try {
			AsyncContext context = this.context;
			if (context != null && !this.left) {
				this.left = true;
				this.output = null;
				lastCall.accept(context);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void complete(AsyncContext context) {
		try {
			context.complete();
		}
		catch (IllegalStateException ex) {
			// It was completed already.
		}
	}

	@Override
	public void onWritePossible() {
		this.listener.onWritable();
	}

	/** Of the {@link WriteListener}. */
	@Override
	public void onError(Throwable failure) {
		end(failure);
	}

	/**
	 * Of the {@link AsyncListener}. Completes although {@link #onError(Throwable)} has
	 * completed just before: Tomcat takes that back, and would dispatch to the error
	 * page.
	 */
	@Override
	public void onError(AsyncEvent event) {
		end(event.getThrowable());
		complete(event.getAsyncContext());
	}

	/** There is no time-out: the application is being stopped. */
	@Override
	public void onTimeout(AsyncEvent event) {
		end(null);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		close(null);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

	private void end(@Nullable Throwable failure) {
		AsyncContext context = close(failure);
		if (context != null) {
			complete(context);
		}
	}

	private @Nullable AsyncContext close(@Nullable Throwable failure) {
		AsyncContext context;
		boolean left;
		this.lock.lock();
		try {
			context = forget();
			left = this.left;
		}
		finally {
			this.lock.unlock();
		}
		if (!left) {
			this.listener.onClosed(failure);
		}
		return context;
	}

	/** Keep nothing that the container is going to recycle. */
	private @Nullable AsyncContext forget() {
		AsyncContext context = this.context;
		this.context = null;
		this.request = null;
		this.output = null;
		return context;
	}

}
