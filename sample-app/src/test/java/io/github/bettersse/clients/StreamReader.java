package io.github.bettersse.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.clients.StreamClient.Received;

/**
 * Reads one stream after the other, for clients that have nothing but an
 * {@link InputStream}.
 */
final class StreamReader {

	private final List<Received> received = new ArrayList<>();

	private String lastEventId = "";

	private boolean stopped;

	List<Received> received() {
		return this.received;
	}

	String lastEventId() {
		return this.lastEventId;
	}

	/** Return whether the client is to stay away. */
	boolean stopped() {
		return this.stopped;
	}

	void read(int status, InputStream body) throws IOException {
		if (status != 200) {
			this.stopped = true;
			return;
		}
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
			String name = "";
			List<String> data = new ArrayList<>();
			for (String line = lines.readLine(); line != null && !this.stopped; line = lines.readLine()) {
				String value = line.replaceFirst("^[^:]*: ?", "");
				switch (line.replaceFirst(":.*", "")) {
					case "event" -> name = value;
					case "id" -> this.lastEventId = value;
					case "data" -> data.add(value);
					case "" -> {
						if (!data.isEmpty()) {
							dispatch(name.isEmpty() ? "message" : name, String.join("\n", data));
						}
						name = "";
						data.clear();
					}
					default -> {
						// retry: it comes back at once
					}
				}
			}
		}
	}

	private void dispatch(String name, String data) {
		if (name.equals("disconnect")) {
			this.stopped = true;
		}
		else {
			this.received.add(new Received(name, this.lastEventId, data));
		}
	}

}
