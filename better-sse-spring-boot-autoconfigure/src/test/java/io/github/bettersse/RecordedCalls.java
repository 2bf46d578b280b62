package io.github.bettersse;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Writes down what the engine tells its recorder.
 */
final class RecordedCalls implements EngineRecorder {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	/** Return what was told since the last time. */
	List<String> take() {
		List<String> taken = List.copyOf(this.calls);
		this.calls.removeAll(taken);
		return taken;
	}

	List<String> calls() {
		return this.calls;
	}

	@Override
	public void opened(Session<?> session) {
		this.calls.add("opened");
	}

	@Override
	public void closed(Session<?> session, DisconnectReason reason, long nanos) {
		this.calls.add("closed " + reason + " after " + nanos);
	}

	@Override
	public void written(int events, int bytes, long waitedNanos) {
		this.calls.add("written " + events + " events " + bytes + " bytes after " + waitedNanos);
	}

	@Override
	public void overflowed(OverflowStrategy strategy, long dropped) {
		this.calls.add("overflowed " + strategy + " " + dropped);
	}

	@Override
	public void keptAlive() {
		this.calls.add("kept alive");
	}

	@Override
	public ChannelRecorder channel(String channel) {
		return new ChannelRecorder() {

			@Override
			public <T> CompletableFuture<T> broadcast(Supplier<CompletableFuture<T>> append) {
				RecordedCalls.this.calls.add(channel + " broadcast");
				return append.get();
			}

			@Override
			public Runnable delivering() {
				RecordedCalls.this.calls.add(channel + " delivering");
				return () -> RecordedCalls.this.calls.add(channel + " delivered");
			}

			@Override
			public void resumed(int events) {
				RecordedCalls.this.calls.add(channel + " resumed " + events);
			}

			@Override
			public void reset(String reason) {
				RecordedCalls.this.calls.add(channel + " reset " + reason);
			}

		};
	}

}
