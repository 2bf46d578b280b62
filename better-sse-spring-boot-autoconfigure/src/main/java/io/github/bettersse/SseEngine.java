package io.github.bettersse;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executor;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.eventlog.EventLog;

/**
 * The running library: channels, sessions, and the threads that deliver. One per
 * application. Thread-safe.
 * <p>
 * It takes sessions as soon as it is built. {@link #stop()} ends all of them and refuses
 * new ones, until {@link #start()}; channels and the log survive that. {@link #close()}
 * gives the threads back for good.
 */
public final class SseEngine implements AutoCloseable {

	// SKETCH
	public static Builder builder() {
		throw new IllegalStateException();
	}

	public ChannelRegistry getChannelRegistry() {
		throw new IllegalStateException();
	}

	public SessionFactory getSessionFactory() {
		throw new IllegalStateException();
	}

	/** Sessions that are open on this node; a snapshot. */
	public Collection<Session<?>> getSessions() {
		throw new IllegalStateException();
	}

	public int getSessionCount() {
		throw new IllegalStateException();
	}

	/** Take sessions again after a stop(). Does nothing while running. */
	public void start() {
		throw new IllegalStateException();
	}

	/** Refuse new sessions and end all, waiting at most 1.5 s for what is queued. */
	public void stop() {
		throw new IllegalStateException();
	}

	public boolean isRunning() {
		throw new IllegalStateException();
	}

	@Override
	public void close() {
	}

	public static final class Builder {

		public Builder serializer(DataSerializer serializer) {
			return this;
		} // required

		public Builder eventLog(EventLog log) {
			return this;
		} // default: in memory

		public Builder executor(Executor executor) {
			return this;
		} // required: for listeners

		public Builder sessionDefaults(SessionOptions<?> defaults) {
			return this;
		} // over built-in defaults

		public Builder deliveryThreads(int threads) {
			return this;
		}

		public Builder maxWait(Duration maxWait) {
			return this;
		}

		public Builder disconnectEvent(String name) {
			return this;
		}

		public Builder shutdownRetryJitter(Duration jitter) {
			return this;
		}

		public SseEngine build() {
			throw new IllegalStateException();
		}

	}

}
