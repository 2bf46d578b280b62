package io.github.bettersse.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.bettersse.test.EventStreamParser.Event;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a client has got so far of its event stream, as an {@code EventSource} reads it.
 * Methods that wait do so for at most the time-out, 10 s if the client was given no
 * other, and then fail the test with an {@link AssertionError} that shows what there was.
 * The event {@code stream-cursor}, by which the library moves the last event id, is left
 * out of the events. Thread-safe.
 * <p>
 * Use {@code assertThat(stream)} of AssertJ for the assertions of
 * {@link EventStreamAssert}.
 */
public abstract sealed class EventStream implements AssertProvider<EventStreamAssert>
		permits SseTestClient, TestSession {

	static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private final EventRecorder recorder;

	private final Duration timeout;

	EventStream(EventRecorder recorder, Duration timeout) {
		this.recorder = recorder;
		this.timeout = timeout;
	}

	/**
	 * Wait for the next event and take it.
	 * @return the event
	 */
	public Event nextEvent() {
		Event event = this.recorder.take(this.timeout);
		if (event == null) {
			throw failure("an event");
		}
		return event;
	}

	/**
	 * Wait for the next event of a type and take it, and all that come before it.
	 * @param type the event's name, {@code message} for those without
	 * @return the event
	 */
	public Event nextEvent(String type) {
		Event event = this.recorder.take(this.timeout);
		while (event != null && !event.type().equals(type)) {
			event = this.recorder.take(this.timeout);
		}
		if (event == null) {
			throw failure("an event '" + type + "'");
		}
		return event;
	}

	/**
	 * Wait for the next events and take them.
	 * @param count how many
	 * @return the events in order
	 */
	public List<Event> nextEvents(int count) {
		List<Event> events = new ArrayList<>(count);
		for (int i = 0; i < count; i++) {
			events.add(nextEvent());
		}
		return events;
	}

	/**
	 * Return all events so far, those that were taken too. Does not wait.
	 * @return a snapshot
	 */
	public List<Event> getEvents() {
		return List.copyOf(this.recorder.events());
	}

	/**
	 * Return the comments so far, such as those of keep-alives. Does not wait.
	 * @return a snapshot
	 */
	public List<String> getComments() {
		return this.recorder.comments();
	}

	/**
	 * Return the reconnection time that the client was told last. Does not wait.
	 * @return the time, {@code null} if it was told none
	 */
	public @Nullable Duration getRetry() {
		return this.recorder.retry();
	}

	/**
	 * Return what the client would send as {@code Last-Event-ID} now. Does not wait.
	 * @return the id, empty if there is none
	 */
	public String getLastEventId() {
		return this.recorder.lastEventId();
	}

	/**
	 * Return all that was read of the body, as it is. Does not wait.
	 * @return the text so far
	 */
	public String getText() {
		return this.recorder.text();
	}

	/**
	 * Return whether the stream has ended, in order or not. Does not wait.
	 * @return whether it has
	 */
	public boolean isEnded() {
		return this.recorder.isEnded();
	}

	/** Wait for the end of the stream, in order or not. */
	public void awaitEnd() {
		this.recorder.await(() -> false, this.timeout);
		if (!isEnded()) {
			throw failure("the end of the stream");
		}
	}

	@Override
	public EventStreamAssert assertThat() {
		return new EventStreamAssert(this);
	}

	EventRecorder recorder() {
		return this.recorder;
	}

	Duration timeout() {
		return this.timeout;
	}

	AssertionError failure(String missing) {
		String state = isEnded() ? "when the stream ended" : "within " + this.timeout.toMillis() + " ms";
		return new AssertionError("%s did not come %s. Received so far:%n%s".formatted(missing, state, getText()),
				this.recorder.failure());
	}

}
