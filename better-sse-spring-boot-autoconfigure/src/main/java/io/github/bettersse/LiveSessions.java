package io.github.bettersse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sessions of this node whose connections have not ended, and whether more are taken.
 * Thread-safe.
 */
final class LiveSessions {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition empty = this.lock.newCondition();

	private final Places<DefaultSession<?>> sessions = new Places<>(DefaultSession::index, DefaultSession::index);

	private boolean accepting = true;

	/**
	 * Add a session.
	 * @return false if none are taken now
	 */
	boolean add(DefaultSession<?> session) {
		this.lock.lock();
		try {
			return this.accepting && this.sessions.add(session);
		}
		finally {
			this.lock.unlock();
		}
	}

	void remove(DefaultSession<?> session) {
		this.lock.lock();
		try {
			if (this.sessions.remove(session) && this.sessions.elements().isEmpty()) {
				this.empty.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isAccepting() {
		this.lock.lock();
		try {
			return this.accepting;
		}
		finally {
			this.lock.unlock();
		}
	}

	void accept(boolean accepting) {
		this.lock.lock();
		try {
			this.accepting = accepting;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Return all, also those that are opening or ending. */
	Collection<DefaultSession<?>> all() {
		this.lock.lock();
		try {
			return List.copyOf(this.sessions.elements());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Let a session end for good, if it is one of these. */
	void disconnect(String id) {
		for (DefaultSession<?> session : all()) {
			if (session.getId().equals(id)) {
				session.disconnect();
			}
		}
	}

	/** Return those that are open. */
	Collection<Session<?>> open() {
		Collection<Session<?>> open = new ArrayList<>();
		for (DefaultSession<?> session : all()) {
			if (session.outlet().isOpen()) {
				open.add(session);
			}
		}
		return open;
	}

	/** Wait until there are none, but not for longer than so many nanoseconds. */
	void awaitNone(long nanos) throws InterruptedException {
		this.lock.lock();
		try {
			long left = nanos;
			while (!this.sessions.elements().isEmpty() && left > 0) {
				left = this.empty.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
