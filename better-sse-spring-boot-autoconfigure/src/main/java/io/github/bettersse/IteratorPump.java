package io.github.bettersse;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/**
 * Sends what it pulls from a source that may block. In a handler it does so right there;
 * else on the task executor, never on a thread that delivers.
 */
final class IteratorPump extends SourcePump {

	private final ItemSource source;

	private final boolean inHandler;

	IteratorPump(DefaultSession<?> session, String eventName, ItemSource source) {
		super(session, eventName);
		this.source = source;
		this.inHandler = session.outlet().isHandlerThread();
	}

	CompletableFuture<Void> start() {
		endWithSession();
		if (this.inHandler) {
			pumpAll();
		}
		else {
			execute(this::pump);
		}
		return done();
	}

	private void pumpAll() {
		try {
			Iterator<?> items = this.source.items(session().outlet().failures());
			while (items.hasNext()) {
				session().push(event(items.next()));
			}
			session().flush().whenComplete((nothing, failure) -> end(failure));
		}
		catch (PublisherItems.SourceFailure ex) {
			end(ex.getFailure());
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	private void pump() {
		Iterator<?> items = this.source.items(session().outlet().failures());
		boolean pushed = true;
		while (pushed && items.hasNext()) {
			pushed = push(items.next(), this::pump);
		}
		if (pushed) {
			afterFlush(() -> end(null));
		}
	}

	@Override
	boolean isInHandler() {
		return this.inHandler;
	}

	@Override
	void release() {
		this.source.close(session().outlet().failures());
	}

}
