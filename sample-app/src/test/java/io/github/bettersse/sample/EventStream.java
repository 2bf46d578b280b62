package io.github.bettersse.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Records the events of one open stream. Every wait is bounded.
 */
final class EventStream implements AutoCloseable {

	private final InputStream body;

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	EventStream(HttpResponse<InputStream> response) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		this.body = response.body();
		Thread reader = new Thread(this::read, "event-stream");
		reader.setDaemon(true);
		reader.start();
	}

	Event next() {
		try {
			Event event = this.events.poll(10, TimeUnit.SECONDS);
			if (event == null) {
				throw new AssertionError("No event within 10 s");
			}
			return event;
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	List<Event> next(int count) {
		List<Event> next = new ArrayList<>();
		while (next.size() < count) {
			next.add(next());
		}
		return next;
	}

	@Override
	public void close() {
		try {
			this.body.close();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(this.body, StandardCharsets.UTF_8))) {
			String name = "message";
			String data = "";
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.startsWith("event: ")) {
					name = line.substring("event: ".length());
				}
				else if (line.startsWith("data: ")) {
					data = line.substring("data: ".length());
				}
				else if (line.isEmpty()) {
					if (!data.isEmpty() && !name.equals("caught-up")) {
						this.events.add(new Event(name, data));
					}
					name = "message";
					data = "";
				}
			}
		}
		catch (IOException ex) {
			// closed by the test
		}
		this.events.add(new Event("end", "of the stream"));
	}

	record Event(String name, String data) {

	}

}
