package io.github.bettersse.clients;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;

/**
 * LaunchDarkly's client. It takes a 204 for a stream that has ended, and comes back.
 */
final class OkHttpEventSource implements StreamClient {

	@Override
	public List<Received> listen(URI uri) {
		List<Received> received = new ArrayList<>();
		EventSource.Builder builder = new EventSource.Builder(uri).errorStrategy(ErrorStrategy.alwaysContinue());
		try (EventSource source = builder.build()) {
			for (MessageEvent event : source.messages()) {
				if (event.getEventName().equals("disconnect")) {
					break;
				}
				received.add(new Received(event.getEventName(), event.getLastEventId(), event.getData()));
			}
		}
		return received;
	}

}
