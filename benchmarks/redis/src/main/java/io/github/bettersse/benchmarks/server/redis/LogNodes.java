package io.github.bettersse.benchmarks.server.redis;

import java.time.Duration;
import java.util.List;

import io.github.bettersse.benchmarks.server.ServerControl;
import io.github.bettersse.benchmarks.server.Tick;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEvent;
import io.github.bettersse.eventlog.Retention;

import org.springframework.context.ApplicationContext;

/**
 * Nodes with the log on Redis.
 */
final class LogNodes implements Nodes {

	private static final EventEncoder ENCODER = new EventEncoder(DataSerializer.ofText(Object::toString));

	private static final String DATA = "data: ";

	private final List<EventLog> logs;

	private final Retention retention;

	/**
	 * Create nodes.
	 * @param contexts one for each of them
	 * @param history how many events are retained
	 * @param receiver takes what they get
	 */
	LogNodes(List<ApplicationContext> contexts, int history, Receiver receiver) {
		this.logs = contexts.stream().map((context) -> context.getBean(EventLog.class)).toList();
		this.retention = (history > 0) ? new Retention(history, Duration.ofHours(1), 0) : Retention.NONE;
		for (int i = 0; i < this.logs.size(); i++) {
			int node = i;
			this.logs.get(i).follow((entry) -> receiver.received(node, data(entry.frame().toString())));
		}
	}

	/** What a node hands on are the bytes of the event, of which this is the text. */
	private static String data(String frame) {
		return frame.substring(frame.indexOf(DATA) + DATA.length());
	}

	@Override
	public void broadcast(int node, String data) {
		SseEvent event = SseEvent.raw(data).name(Tick.NAME);
		this.logs.get(node)
			.append(new LogEvent("ticks", event, ENCODER.encode(event), null, this.retention))
			.whenComplete((position, failure) -> {
				if (failure != null) {
					ServerControl.report("Not appended: " + failure);
				}
			});
	}

}
