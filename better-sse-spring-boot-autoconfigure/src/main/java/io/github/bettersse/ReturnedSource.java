package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Streams what a handler has returned, then closes the session. What fails on the
 * handler's thread before the first item is thrown there, with nothing sent yet; what
 * fails later ends the stream.
 */
final class ReturnedSource {

	private static final System.Logger logger = System.getLogger(ReturnedSource.class.getName());

	private final SessionOpening<?> opening;

	private final DefaultSession<?> session;

	ReturnedSource(SessionOpening<?> opening, DefaultSession<?> session) {
		this.opening = opening;
		this.session = session;
	}

	/** Give back a source that will not be streamed. */
	void discard(@Nullable Object source) {
		source(source).close(failures());
	}

	/** Stream a source; on the handler's thread. */
	void stream(@Nullable Object source) throws Exception {
		if (source instanceof CompletionStage<?> stage) {
			await(stage.toCompletableFuture());
		}
		else if (source instanceof Flow.Publisher<?> publisher) {
			PublisherPump pump = new PublisherPump(this.session, Session.DEFAULT_EVENT_NAME).subscribeTo(publisher);
			if (pump.failure() != null) {
				throwFailure(pump.failure());
			}
			this.opening.complete();
			closeAfter(pump.open());
		}
		else {
			ItemSource items = peeked(source(source));
			this.opening.complete();
			closeAfter(new IteratorPump(this.session, Session.DEFAULT_EVENT_NAME, items).start());
		}
	}

	private void await(CompletableFuture<?> future) throws Exception {
		if (future.isDone()) {
			stream(result(future));
			return;
		}
		this.opening.complete();
		this.session.onDisconnected((reason) -> future.cancel(true));
		future.whenComplete((value, failure) -> {
			try {
				this.session.outlet().taskExecutor().execute(() -> late(value, failure));
			}
			catch (RuntimeException ex) {
				fail(ex);
			}
		});
	}

	private static @Nullable Object result(CompletableFuture<?> future) throws Exception {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throwFailure((ex.getCause() != null) ? ex.getCause() : ex);
			throw ex;
		}
	}

	/** Go on with what a stage has given after the session was opened. */
	private void late(@Nullable Object value, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				fail(failure);
			}
			else {
				stream(value);
			}
		}
		catch (Exception ex) {
			fail(ex);
		}
	}

	private static void throwFailure(Throwable failure) throws Exception {
		if (failure instanceof Error error) {
			throw error;
		}
		throw (failure instanceof Exception exception) ? exception : new ExecutionException(failure);
	}

	private static ItemSource source(@Nullable Object source) {
		if (source instanceof Iterable<?> iterable) {
			return ItemSource.of(iterable);
		}
		if (source instanceof Iterator<?> iterator) {
			return ItemSource.of(iterator);
		}
		if (source instanceof Stream<?> stream) {
			return ItemSource.of(stream);
		}
		return (source != null) ? ItemSource.ofOne(source) : ItemSource.ofNone();
	}

	/**
	 * Take the first item right now, so that a source which cannot give it fails here.
	 */
	private ItemSource peeked(ItemSource source) {
		try {
			Iterator<?> items = source.items(failures());
			if (!items.hasNext()) {
				return source;
			}
			return source.with(new Peeked(items.next(), items));
		}
		catch (Throwable ex) {
			source.close(failures());
			throw ex;
		}
	}

	private Failures failures() {
		return this.session.outlet().failures();
	}

	private void closeAfter(CompletableFuture<Void> done) {
		done.whenComplete((nothing, failure) -> {
			if (failure != null) {
				fail(failure);
			}
			else {
				this.session.close();
			}
		});
	}

	private void fail(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (!this.session.isConnected()) {
			logger.log(Level.DEBUG, () -> "The source of session " + this.session.getId() + " stopped at its end",
					cause);
			return;
		}
		logger.log(Level.ERROR, () -> "The source of session " + this.session.getId() + " (" //
				+ this.session.getHandshake() + ") has failed, which ends the stream", cause);
		this.session.outlet().end(DisconnectReason.ERROR, null);
	}

	/**
	 * An item that was taken already, then the others.
	 */
	private static final class Peeked implements Iterator<Object> {

		private final Iterator<?> others;

		private @Nullable Object first;

		private boolean taken;

		Peeked(@Nullable Object first, Iterator<?> others) {
			this.first = first;
			this.others = others;
		}

		@Override
		public boolean hasNext() {
			return !this.taken || this.others.hasNext();
		}

		@Override
		public @Nullable Object next() {
			if (this.taken) {
				return this.others.next();
			}
			this.taken = true;
			Object item = this.first;
			this.first = null;
			return item;
		}

	}

}
