package io.github.bettersse.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * A client as an {@code EventSource}: comes back, to any node, with the last id it has.
 */
final class ClusterClient implements Runnable {

	/** Stands among what was received where a reset came. */
	static final String RESET = "[reset]";

	private static final int MAX_SILENCE_MILLIS = 3000;

	private final IntSupplier port;

	private final CountDownLatch started = new CountDownLatch(1);

	private final List<String> received = new ArrayList<>();

	/** By position, what came with it. */
	private final Map<String, String> positions = new LinkedHashMap<>();

	private String lastEventId;

	/** In milliseconds, as told last. */
	private long retry = NodeApplication.RETRY_MILLIS;

	/** What each stream that a node has ended in order told last of when to come back. */
	private final List<Long> retries = new ArrayList<>();

	private volatile boolean done;

	ClusterClient(IntSupplier port, String lastEventId) {
		this.port = port;
		this.lastEventId = lastEventId;
	}

	/** Start it in a thread of its own. */
	void start() {
		Thread thread = new Thread(this, "client");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void run() {
		while (!this.done) {
			try {
				read();
				ended();
			}
			catch (IOException ex) {
				// The node is gone
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(this.retry));
		}
	}

	private void read() throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI
			.create("http://127.0.0.1:" + this.port.getAsInt() + "/sse")
			.toURL()
			.openConnection();
		connection.setConnectTimeout(MAX_SILENCE_MILLIS);
		connection.setReadTimeout(MAX_SILENCE_MILLIS);
		if (!this.lastEventId.isEmpty()) {
			connection.setRequestProperty("Last-Event-ID", this.lastEventId);
		}
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
			String id = "";
			String name = "message";
			String data = null;
			for (String line = lines.readLine(); line != null && !this.done; line = lines.readLine()) {
				if (line.isEmpty()) {
					take(id, name, data);
					id = "";
					name = "message";
					data = null;
				}
				else if (line.startsWith("retry: ")) {
					this.retry = Long.parseLong(line.substring(7));
				}
				else if (line.startsWith("id: ")) {
					id = line.substring(4);
				}
				else if (line.startsWith("event: ")) {
					name = line.substring(7);
				}
				else if (line.startsWith("data: ")) {
					data = line.substring(6);
				}
			}
		}
		finally {
			connection.disconnect();
		}
	}

	private void ended() {
		synchronized (this.received) {
			this.retries.add(this.retry);
		}
	}

	private void take(String id, String name, String data) {
		if (!id.isEmpty()) {
			this.lastEventId = id;
			this.started.countDown();
		}
		synchronized (this.received) {
			if (name.equals("stream-reset")) {
				this.received.add(RESET);
			}
			else if (data != null && name.equals("message")) {
				this.received.add(data);
				this.positions.merge(id, data, (before, now) -> before.equals(now) ? now : before + " and " + now);
			}
		}
	}

	boolean awaitStart() throws InterruptedException {
		return this.started.await(60, TimeUnit.SECONDS);
	}

	List<String> received() {
		synchronized (this.received) {
			return List.copyOf(this.received);
		}
	}

	List<Long> retries() {
		synchronized (this.received) {
			return List.copyOf(this.retries);
		}
	}

	/** Return where it has got something else than expected, in a few words. */
	Optional<String> difference(List<String> expected) {
		List<String> actual = received();
		int same = 0;
		while (same < Math.min(actual.size(), expected.size()) && actual.get(same).equals(expected.get(same))) {
			same++;
		}
		return actual.equals(expected) ? Optional.empty() : Optional
			.of("after %d events %s instead of %s".formatted(same, next(actual, same), next(expected, same)));
	}

	private static List<String> next(List<String> texts, int from) {
		return texts.subList(from, Math.min(from + 3, texts.size()));
	}

	Map<String, String> positions() {
		synchronized (this.received) {
			return new LinkedHashMap<>(this.positions);
		}
	}

	void stop() {
		this.done = true;
	}

}
