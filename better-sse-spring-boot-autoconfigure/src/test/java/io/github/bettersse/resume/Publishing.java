package io.github.bettersse.resume;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import io.github.bettersse.Channel;
import io.github.bettersse.ChannelRegistry;
import io.github.bettersse.event.SseEvent;

/**
 * What publishers have broadcast on several channels. They go as fast as they can, but
 * never further ahead of the slowest client than a given number of events. Thread-safe.
 */
final class Publishing {

	private static final int BETWEEN_LOOKS = 16;

	private final List<Channel<Void, Object>> channels;

	private final int maxLead;

	private final List<ResumingClient> clients;

	/** By channel: the sequences of its events. */
	private final List<BitSet> sequences;

	private final AtomicLong newest = new AtomicLong();

	private volatile boolean stopped;

	private volatile boolean ending;

	Publishing(ChannelRegistry registry, List<String> channels, int maxLead, List<ResumingClient> clients) {
		this.channels = channels.stream().map(registry::channel).toList();
		this.maxLead = maxLead;
		this.clients = clients;
		this.sequences = Stream.generate(BitSet::new).limit(channels.size()).toList();
	}

	/** Broadcast until told to stop. */
	void publish(Random random) {
		for (int i = 0; !this.stopped; i++) {
			if (i % BETWEEN_LOOKS == 0) {
				awaitSlowest();
			}
			int channel = random.nextInt(this.channels.size());
			String text = Payload.text(random);
			SseEvent event = SseEvent.raw(text).name(this.channels.get(channel).getName());
			String position = this.channels.get(channel).broadcastAsync(event).join();
			published(channel, sequence(position));
		}
	}

	private void awaitSlowest() {
		while (!this.stopped && getLag() > this.maxLead) {
			LockSupport.parkNanos(100_000);
		}
	}

	private void published(int channel, int sequence) {
		synchronized (this.sequences) {
			this.sequences.get(channel).set(sequence);
		}
		this.newest.accumulateAndGet(sequence, Math::max);
	}

	/** Return how many events the slowest client has yet to get. */
	int getLag() {
		return getNewest() - this.clients.stream().mapToInt(ResumingClient::reached).min().orElse(0);
	}

	int getNewest() {
		return this.newest.intValue();
	}

	/** Return how far publishers go ahead of the slowest client. */
	int getMaxLead() {
		return this.maxLead;
	}

	void stop() {
		this.stopped = true;
	}

	boolean isStopped() {
		return this.stopped;
	}

	/** Broadcast something last, when all publishers have stopped. */
	void end() {
		this.ending = true;
		this.channels.get(0).broadcast(SseEvent.raw("").name("end"));
	}

	/** Return whether nothing comes after a sequence. */
	boolean isEnd(int sequence) {
		return this.ending && sequence > getNewest();
	}

	/** Return the sequences of a channel's events, once all publishers have stopped. */
	BitSet sequences(int channel) {
		return this.sequences.get(channel);
	}

	static int sequence(String position) {
		return Integer.parseInt(position.substring(position.indexOf('-') + 1));
	}

}
