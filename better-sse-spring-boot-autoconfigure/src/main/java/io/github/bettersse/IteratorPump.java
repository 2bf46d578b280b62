package io.github.bettersse;

import java.util.concurrent.CompletableFuture;

/**
 * Sends what it pulls from a source that may block. In a handler it does so right there;
 * else on the task executor, never on a thread that delivers.
 */
final class IteratorPump extends SourcePump {

	private final ItemSource source;

	IteratorPump(DefaultSession<?> session, String eventName, ItemSource source) {
		super(session, eventName);
		this.source = source;
	}

	CompletableFuture<Void> start() {
		if (session().outlet().isHandlerThread()) {
			pumpAll();
		}
		else {
			endWithSession();
			resume();
		}
		return done();
	}

	private void pumpAll() {
		try {
			while (this.source.items().hasNext()) {
				push(this.source.items().next());
			}
			end(null);
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	private void resume() {
		try {
			executor().execute(() -> LibraryThread.run(this::pump));
		}
		catch (RuntimeException ex) {
			end(ex);
		}
	}

	private void pump() {
		try {
			boolean room = true;
			while (room) {
				if (!this.source.items().hasNext()) {
					afterFlush(() -> end(null));
					return;
				}
				room = push(this.source.items().next());
			}
			afterFlush(this::resume);
		}
		catch (Throwable ex) {
			end(ex);
		}
	}

	@Override
	void release() {
		this.source.close();
	}

}
