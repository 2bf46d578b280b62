package io.github.bettersse.resume;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.test.EventStreamParser.Event;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that loses its connection again and again, and comes back with the last id
 * that a browser would have. It keeps a record of what it has got, by channel. For one
 * thread, but for {@link #reached()}.
 */
final class ResumingClient {

	private static final Pattern RESET = Pattern.compile("\\{\"channel\":\"(\\w+)\",\"reason\":\"trimmed\"}");

	/** Where most heads end. */
	private static final int NEAR_THE_BEGINNING = 800;

	private final int port;

	private final List<String> channels;

	private final Random random;

	/** By channel: the sequences of the events that came. */
	private final List<BitSet> received;

	/** By channel: the sequences between the events around each reset. */
	private final List<BitSet> excused;

	private final int[] lastIn;

	private final boolean[] reset;

	private int resets;

	private String lastEventId = "";

	private volatile int reached;

	ResumingClient(int port, List<String> channels, Random random) {
		this.port = port;
		this.channels = channels;
		this.random = random;
		this.received = Stream.generate(BitSet::new).limit(channels.size()).toList();
		this.excused = Stream.generate(BitSet::new).limit(channels.size()).toList();
		this.lastIn = new int[channels.size()];
		this.reset = new boolean[channels.size()];
	}

	/** Connect for the first time, and stay until the position to start from is known. */
	void getStartingCursor() throws IOException {
		try (EventStreamClient client = EventStreamClient.connect(this.port, "/")) {
			client.readHead();
			Event cursor = client.nextEvent();
			assertThat(cursor.type()).isEqualTo("stream-cursor");
			this.lastEventId = cursor.lastEventId();
		}
	}

	/** Come back again and again. */
	void comeAndGo(Publishing publishing, int reconnects) throws IOException {
		for (int i = 0; i < reconnects; i++) {
			beAbsent(publishing);
			connect((this.random.nextInt(3) == 0) ? this.random.nextInt(NEAR_THE_BEGINNING)
					: (int) Math.pow(2, this.random.nextDouble() * 16), publishing);
		}
	}

	/** Read to the end without being cut. */
	void readOn(Publishing publishing) throws IOException {
		while (!publishing.isEnd(this.reached)) {
			connect(Integer.MAX_VALUE, publishing);
		}
	}

	/** Stay away while others go on, but not for so long that they have to wait. */
	private void beAbsent(Publishing publishing) {
		int longest = publishing.getMaxLead() / ((this.random.nextInt(10) == 0) ? 2 : 20);
		int until = Math.min(publishing.getNewest() + this.random.nextInt(longest),
				this.reached + publishing.getMaxLead() / 2);
		while (!publishing.isStopped() && publishing.getNewest() < until) {
			LockSupport.parkNanos(1_000_000);
		}
	}

	private void connect(int bytes, Publishing publishing) throws IOException {
		EventStreamClient client = EventStreamClient.connect(this.port, "/", "Last-Event-ID: " + this.lastEventId)
			.cutAfter(bytes);
		try {
			client.readHead();
			while (!publishing.isEnd(this.reached)) {
				take(client.nextEvent());
			}
		}
		catch (EOFException | SocketException ex) {
			// Here it was cut, by itself or, where it was too slow, by the server.
		}
		finally {
			if (this.random.nextBoolean()) {
				client.closeByFin();
			}
			else {
				client.closeByRst();
			}
		}
	}

	private void take(Event event) {
		if (!event.lastEventId().isEmpty()) {
			this.lastEventId = event.lastEventId();
		}
		int sequence = Publishing.sequence(this.lastEventId);
		if (event.type().equals("stream-reset")) {
			Matcher data = RESET.matcher(event.data());
			assertThat(data.matches()).as(event.data()).isTrue();
			this.reset[this.channels.indexOf(data.group(1))] = true;
			this.resets++;
		}
		else if (this.channels.contains(event.type())) {
			take(this.channels.indexOf(event.type()), sequence, event.data());
		}
		this.reached = sequence;
	}

	private void take(int channel, int sequence, String text) {
		assertThat(sequence).as("an event of %s after %s", this.channels.get(channel), this.reached)
			.isGreaterThan(this.reached);
		assertThat(Payload.isWhole(text)).as(text).isTrue();
		excuse(channel, sequence);
		this.lastIn[channel] = sequence;
		this.received.get(channel).set(sequence);
	}

	private void excuse(int channel, int end) {
		if (this.reset[channel]) {
			this.excused.get(channel).set(this.lastIn[channel] + 1, end);
			this.reset[channel] = false;
		}
	}

	/** Return how far in the log this client has come. */
	int reached() {
		return this.reached;
	}

	/** Return how often this client was told that it has lost events. */
	int resets() {
		return this.resets;
	}

	/** Return the events of a channel that did not come although no reset says so. */
	BitSet lostInSilence(int channel, BitSet published) {
		excuse(channel, published.length());
		BitSet lost = lost(channel, published);
		lost.andNot(this.excused.get(channel));
		return lost;
	}

	/** Return the events of a channel that did not come. */
	BitSet lost(int channel, BitSet published) {
		BitSet lost = (BitSet) published.clone();
		lost.andNot(this.received.get(channel));
		return lost;
	}

	/** Return what came in a channel although nobody has broadcast it there. */
	BitSet strange(int channel, BitSet published) {
		BitSet strange = (BitSet) this.received.get(channel).clone();
		strange.andNot(published);
		return strange;
	}

}
