package io.github.bettersse;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A source of items that counts what is done to it. Closing it ends a wait within it.
 */
final class TestItems implements Iterator<Object>, AutoCloseable {

	private final int count;

	private final IntFunction<Object> item;

	private final AtomicInteger pulled = new AtomicInteger();

	private final AtomicInteger closed = new AtomicInteger();

	private final Set<String> threads = ConcurrentHashMap.newKeySet();

	private final CountDownLatch closing = new CountDownLatch(1);

	private final CountDownLatch waiting = new CountDownLatch(1);

	private int waitAt = -1;

	private int failAt = -1;

	private RuntimeException failure = new IllegalStateException();

	TestItems(int count, IntFunction<Object> item) {
		this.count = count;
		this.item = item;
	}

	/**
	 * Return a source of events {@code 1}, {@code 2} and so on, as {@link Wire} writes
	 * them.
	 */
	static TestItems numbers(int count) {
		return new TestItems(count, (number) -> Wire.event(Integer.toString(number)));
	}

	/** Block in {@code next()} before this item until the source is closed. */
	TestItems blockAt(int number) {
		this.waitAt = number;
		return this;
	}

	/** Fail instead of giving this item. */
	TestItems failAt(int number, RuntimeException failure) {
		this.failAt = number;
		this.failure = failure;
		return this;
	}

	@Override
	public boolean hasNext() {
		this.threads.add(Thread.currentThread().getName());
		return this.pulled.get() < this.count;
	}

	@Override
	public Object next() {
		this.threads.add(Thread.currentThread().getName());
		int number = this.pulled.get() + 1;
		if (number == this.waitAt) {
			this.waiting.countDown();
			Gate.await(this.closing);
			throw new IllegalStateException("closed");
		}
		if (number == this.failAt) {
			throw this.failure;
		}
		if (number > this.count) {
			throw new NoSuchElementException();
		}
		this.pulled.set(number);
		return this.item.apply(number);
	}

	@Override
	public void close() {
		this.closed.incrementAndGet();
		this.closing.countDown();
	}

	/** Wait until somebody blocks in {@code next()}. */
	void awaitBlocked() {
		Gate.await(this.waiting);
	}

	/** Wait until so many items were pulled. */
	void awaitPulled(int count) {
		TestEngine.await().until(() -> pulled() == count);
	}

	/** Wait until the source was closed. */
	void awaitClosed() {
		Gate.await(this.closing);
	}

	int pulled() {
		return this.pulled.get();
	}

	/** Return how often the source was closed. */
	int closed() {
		return this.closed.get();
	}

	/** Return the names of the threads that have pulled. */
	Set<String> threads() {
		return this.threads;
	}

}
