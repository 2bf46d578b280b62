package io.github.bettersse.cluster;

import java.io.PrintStream;
import java.util.concurrent.locks.LockSupport;

import io.github.bettersse.Channel;
import io.github.bettersse.SseException;
import io.github.bettersse.event.SseEvent;

/**
 * Broadcasts in a thread of its own, and says at once what is acknowledged. It goes on
 * while its node ends.
 */
final class NodePublisher implements Runnable {

	private static final long PACE_NANOS = 2_000_000;

	private final Channel<?, ?> channel;

	private final String name;

	private final int count;

	private final PrintStream answers;

	private volatile boolean stopped;

	private NodePublisher(Channel<?, ?> channel, String name, int count, PrintStream answers) {
		this.channel = channel;
		this.name = name;
		this.count = count;
		this.answers = answers;
	}

	/** Broadcast so many events by a name, or less if it is stopped. */
	static NodePublisher start(Channel<?, ?> channel, String name, int count, PrintStream answers) {
		NodePublisher publisher = new NodePublisher(channel, name, count, answers);
		Thread thread = new Thread(publisher, "publisher");
		thread.setDaemon(true);
		thread.start();
		return publisher;
	}

	@Override
	public void run() {
		try {
			for (int i = 0; i < this.count && !this.stopped; i++) {
				publish(this.name + i);
				LockSupport.parkNanos(PACE_NANOS);
			}
		}
		finally {
			this.answers.println(NodeApplication.PUBLISHED);
		}
	}

	private void publish(String text) {
		try {
			this.channel.broadcast(SseEvent.raw(text));
			this.answers.println(NodeApplication.ACKNOWLEDGED + text);
		}
		catch (SseException ex) {
			// Not acknowledged
		}
	}

	void stop() {
		this.stopped = true;
	}

}
