package io.github.bettersse;

import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.bettersse.event.TextChunks;
import org.jspecify.annotations.Nullable;

/**
 * Items to pull one after the other, and how to give the source back. Opening and pulling
 * may block, and are for one thread at a time; closing may come from any thread and works
 * once.
 */
final class ItemSource {

	private final Supplier<? extends Iterator<?>> opener;

	/** The source itself, or whatever it has to say about its end. */
	private final Object resource;

	private @Nullable Iterator<?> items;

	/** What is to be given back besides. */
	private final AtomicReference<@Nullable Object> opened = new AtomicReference<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private ItemSource(Supplier<? extends Iterator<?>> opener, Object resource) {
		this.opener = opener;
		this.resource = resource;
	}

	static ItemSource of(Iterable<?> items) {
		return new ItemSource(items::iterator, items);
	}

	static ItemSource of(Iterator<?> items) {
		return new ItemSource(() -> items, items);
	}

	static ItemSource of(Stream<?> items) {
		return new ItemSource(items::iterator, items);
	}

	static ItemSource of(TextChunks items) {
		return new ItemSource(() -> items, items);
	}

	/** Subscribe when it is opened, and wait for the items. */
	static ItemSource of(Flow.Publisher<?> publisher) {
		PublisherItems items = new PublisherItems();
		return new ItemSource(() -> items.subscribeTo(publisher), items);
	}

	static ItemSource ofOne(Object item) {
		return of(Collections.singleton(item).iterator());
	}

	static ItemSource ofNone() {
		return of(Collections.emptyIterator());
	}

	/** Return this source with an iterator of its items that stands for its own. */
	ItemSource with(Iterator<?> items) {
		return new ItemSource(() -> items, this);
	}

	/** Return the items, opening the source with the first call. */
	Iterator<?> items(Failures failures) {
		if (this.items == null) {
			this.items = this.opener.get();
			this.opened.set((this.items != this.resource) ? this.items : null);
			if (this.closed.get()) {
				giveBack(this.opened.getAndSet(null), failures);
			}
		}
		return this.items;
	}

	void close(Failures failures) {
		if (this.closed.compareAndSet(false, true)) {
			giveBack(this.opened.getAndSet(null), failures);
			giveBack(this.resource, failures);
		}
	}

	private static void giveBack(@Nullable Object resource, Failures failures) {
		if (resource instanceof ItemSource source) {
			source.close(failures);
		}
		else if (resource instanceof AutoCloseable closeable) {
			failures.run(() -> {
				try {
					closeable.close();
				}
				catch (Exception ex) {
					throw new IllegalStateException("A source of events could not be closed", ex);
				}
			});
		}
	}

}
