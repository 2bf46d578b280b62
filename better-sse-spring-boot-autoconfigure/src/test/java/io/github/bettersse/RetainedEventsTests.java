package io.github.bettersse;

import java.time.Duration;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.RetainedEvents;
import io.github.bettersse.eventlog.Retention;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a log tells of its channels that does not count by itself.
 */
class RetainedEventsTests {

	private final EventLog log = new ForwardingEventLog();

	@Test
	void allPagesAreCounted() {
		assertThat(this.log.getRetained("news")).isEqualTo(RetainedEvents.NONE);
		append("news", 1100);
		append("sport", 1);
		long size = 1000 * (1000 + "id: \ndata: \n\n".length()) + sizeOfPositions(101, 1100);
		assertThat(this.log.getRetained("news"))
			.isEqualTo(new RetainedEvents(1000, size, this.log.getPosition().at(101), this.log.getPosition().at(1100)));
		assertThat(this.log.isReachable()).isTrue();
	}

	private long sizeOfPositions(int first, int last) {
		long size = 0;
		for (int sequence = first; sequence <= last; sequence++) {
			size += this.log.getPosition().at(sequence).toString().length();
		}
		return size;
	}

	private void append(String channel, int events) {
		SseEvent event = SseEvent.raw("x".repeat(1000));
		EventEncoder encoder = new EventEncoder(DataSerializer.ofText(Object::toString));
		for (int i = 0; i < events; i++) {
			this.log
				.append(new LogEvent(channel, event, encoder.encode(event), null,
						new Retention(1000, Duration.ZERO, 0)))
				.join();
		}
	}

}
