package io.github.bettersse;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Items to pull one after the other, and how to give the source back. Pulling may block,
 * and is for one thread at a time; closing may come from any thread and works once.
 */
final class ItemSource implements AutoCloseable {

	private final Iterator<?> items;

	private final AutoCloseable resource;

	private final AtomicBoolean closed = new AtomicBoolean();

	ItemSource(Iterator<?> items, AutoCloseable resource) {
		this.items = items;
		this.resource = resource;
	}

	/** An iterator has nothing to give back, unless it says so. */
	static ItemSource of(Iterator<?> items) {
		return new ItemSource(items, (items instanceof AutoCloseable closeable) ? closeable : () -> {
		});
	}

	static ItemSource of(Stream<?> items) {
		return new ItemSource(items.iterator(), items);
	}

	static ItemSource ofOne(Object item) {
		return of(Collections.singleton(item).iterator());
	}

	static ItemSource ofNone() {
		return of(Collections.emptyIterator());
	}

	Iterator<?> items() {
		return this.items;
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			SerialExecutor.run(() -> {
				try {
					this.resource.close();
				}
				catch (Exception ex) {
					throw new IllegalStateException("A source of events could not be closed", ex);
				}
			});
		}
	}

}
