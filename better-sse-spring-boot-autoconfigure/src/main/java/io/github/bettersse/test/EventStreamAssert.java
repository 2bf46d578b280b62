package io.github.bettersse.test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.github.bettersse.test.EventStreamParser.Event;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions on an {@link EventStream}. Those that wait say so.
 */
public final class EventStreamAssert extends AbstractAssert<EventStreamAssert, EventStream> {

	EventStreamAssert(EventStream actual) {
		super(actual, EventStreamAssert.class);
	}

	/**
	 * Wait for the next event, take it, and check its name and data.
	 * @param type the expected name, {@code message} for an event without
	 * @param data the expected data
	 * @return this
	 */
	public EventStreamAssert receives(String type, String data) {
		Event event = this.actual.nextEvent();
		Assertions.assertThat(event.type() + ": " + event.data())
			.as(info.descriptionText())
			.isEqualTo(type + ": " + data);
		return this;
	}

	/**
	 * Wait for the next events, take them, and check their data.
	 * @param data the expected data of each
	 * @return this
	 */
	public EventStreamAssert receivesData(String... data) {
		Assertions.assertThat(this.actual.nextEvents(data.length))
			.as(info.descriptionText())
			.extracting(Event::data)
			.containsExactly(data);
		return this;
	}

	/**
	 * Check that no event is there that was not taken. Does not wait: first let something
	 * arrive that was sent later than what must not.
	 * @return this
	 */
	public EventStreamAssert hasNothingMore() {
		Assertions.assertThat(this.actual.recorder().left()).as(info.descriptionText()).isEmpty();
		return this;
	}

	/**
	 * Wait until so many events have arrived in all, and check that there are no more.
	 * @param count how many, those that were taken too
	 * @return this
	 */
	public EventStreamAssert hasEventCount(int count) {
		await(() -> this.actual.recorder().events().size() >= count);
		events().hasSize(count);
		return this;
	}

	/**
	 * Wait until this is the whole text of the body so far, byte for byte.
	 * @param text the expected text
	 * @return this
	 */
	public EventStreamAssert hasText(String text) {
		await(() -> this.actual.getText().equals(text));
		Assertions.assertThat(this.actual.getText()).as(info.descriptionText()).isEqualTo(text);
		return this;
	}

	/**
	 * Wait until the client was told a reconnection time, and check it.
	 * @param retry the expected time
	 * @return this
	 */
	public EventStreamAssert hasRetry(Duration retry) {
		await(() -> Objects.equals(this.actual.getRetry(), retry));
		Assertions.assertThat(this.actual.getRetry()).as(info.descriptionText()).isEqualTo(retry);
		return this;
	}

	/**
	 * Wait until the client has a last event id, and check it.
	 * @param id the expected id
	 * @return this
	 */
	public EventStreamAssert hasLastEventId(String id) {
		await(() -> this.actual.getLastEventId().equals(id));
		Assertions.assertThat(this.actual.getLastEventId()).as(info.descriptionText()).isEqualTo(id);
		return this;
	}

	/**
	 * Wait for the end of the stream.
	 * @return this
	 */
	public EventStreamAssert ends() {
		this.actual.awaitEnd();
		return this;
	}

	/**
	 * Check that the stream has not ended. Does not wait.
	 * @return this
	 */
	public EventStreamAssert isOpen() {
		Assertions.assertThat(this.actual.isEnded()).as("ended").isFalse();
		return this;
	}

	/**
	 * Return assertions on all events so far. Does not wait.
	 * @return assertions on a snapshot
	 */
	public ListAssert<Event> events() {
		List<Event> events = this.actual.getEvents();
		return Assertions.assertThat(events).as(info.descriptionText());
	}

	private void await(BooleanSupplier condition) {
		this.actual.recorder().await(condition, this.actual.timeout());
	}

}
