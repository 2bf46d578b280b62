package io.github.bettersse.benchmarks.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * What a server is told to send.
 *
 * @param count the number of events
 * @param size the bytes of data of each
 * @param rate the events a second, 0 for as fast as it can
 */
public record Trigger(int count, int size, double rate) {

	/** One thread that stays, so that none vanishes together with what it used. */
	private static final ExecutorService PUBLISHER = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "publisher");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * Send the events in another thread, one after the other.
	 * @param sender makes an event of a number, which is sent before it returns
	 */
	public void start(Sender sender) {
		PUBLISHER.execute(() -> {
			try {
				run(sender);
			}
			catch (Exception ex) {
				ServerControl.report("Not all events were sent: " + ex);
			}
		});
	}

	private void run(Sender sender) throws Exception {
		long start = System.nanoTime();
		for (int i = 0; i < this.count; i++) {
			if (this.rate > 0) {
				waitUntil(start + (long) (i * 1e9 / this.rate));
			}
			sender.send(i, Tick.data(i, this.size));
		}
	}

	private static void waitUntil(long nanoTime) {
		long remaining = nanoTime - System.nanoTime();
		while (remaining > 0) {
			LockSupport.parkNanos(remaining);
			remaining = nanoTime - System.nanoTime();
		}
	}

	/**
	 * Parse the query of a request.
	 * @param parameter returns the value of a query parameter
	 * @return the trigger
	 */
	public static Trigger of(UnaryOperator<String> parameter) {
		return new Trigger(Integer.parseInt(parameter.apply("count")), Integer.parseInt(parameter.apply("size")),
				Double.parseDouble(parameter.apply("rate")));
	}

	/**
	 * Sends one event to all that are to have it.
	 */
	@FunctionalInterface
	public interface Sender {

		/**
		 * Send an event.
		 * @param sequence its number
		 * @param data its data
		 * @throws Exception if it cannot be sent; no more are
		 */
		void send(int sequence, String data) throws Exception;

	}

}
