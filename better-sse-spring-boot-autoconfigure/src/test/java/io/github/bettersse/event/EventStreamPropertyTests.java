package io.github.bettersse.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.bettersse.SseException;
import io.github.bettersse.test.EventStreamParser;
import io.github.bettersse.test.EventStreamParser.Event;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever is written is read back, and nothing else: by a client as the specification
 * has it, for any input.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
class EventStreamPropertyTests {

	private final DataSerializer serializer = DataSerializer.ofText(Object::toString);

	private final EventEncoder encoder = new EventEncoder(this.serializer);

	@Property
	void dataIsReadBack(@ForAll("lines") String text) {
		for (SseEvent event : List.of(SseEvent.raw(text), SseEvent.of(text))) {
			EventStreamParser parser = parse(this.encoder.encode(event, null));
			assertThat(parser.getEvents()).containsExactly(new Event("message", HostileText.read(text), ""));
			assertThat(parser.getComments()).isEmpty();
			assertThat(parser.getRetries()).isEmpty();
			assertThat(parser.getLastEventId()).isEmpty();
		}
	}

	@Property
	void commentIsReadBack(@ForAll("lines") String text) {
		for (Frame frame : List.of(Frame.comment(text), this.encoder.encode(SseEvent.empty().comment(text), null))) {
			EventStreamParser parser = parse(frame);
			assertThat(parser.getComments()).isEqualTo(HostileText.readLines(text));
			assertThat(parser.getEvents()).isEmpty();
			assertThat(parser.getRetries()).isEmpty();
			assertThat(parser.getLastEventId()).isEmpty();
		}
	}

	@Property
	void generatedIdsAreReadBack(@ForAll("generatedIds") String id) {
		Frame frame = this.encoder.encode(SseEvent.raw("a"), id);
		assertThat(parse(frame).getEvents()).containsExactly(new Event("message", "a", HostileText.read(id)));
		assertThat(frame.getLastId()).isEqualTo(HostileText.read(id));
	}

	@Property
	void everyEventOfASequenceIsReadBack(@ForAll("sequences") List<SseEvent> events) {
		List<Frame> frames = events.stream().map((event) -> this.encoder.encode(event, event.getId())).toList();
		Frame joined = Frame.join(frames);
		assertReadBack(events, parse(joined));
		assertThat(Objects.requireNonNullElse(joined.getLastId(), "")).isEqualTo(parse(joined).getLastEventId());
	}

	@Property
	void everyEventOfABufferIsReadBack(@ForAll("sequences") List<SseEvent> events) {
		EventBuffer buffer = EventBuffer.using(this.serializer);
		events.forEach(buffer::push);
		Frame frame = buffer.toFrame();
		assertReadBack(events, parse(frame));
		assertThat(frame.toByteArray()).isEqualTo(buffer.read().getBytes(StandardCharsets.UTF_8));
		assertThat(Objects.requireNonNullElse(frame.getLastId(), "")).isEqualTo(parse(frame).getLastEventId());
	}

	@Property
	void anUnfinishedBufferMergesWithNothing(@ForAll("event") SseEvent first, @ForAll("lines") String unfinished,
			@ForAll("event") SseEvent next) {
		EventBuffer buffer = EventBuffer.using(this.serializer).push(first).id("7").data(SseEvent.raw(unfinished));
		Frame frame = Frame.join(List.of(buffer.toFrame(), this.encoder.encode(next, next.getId())));
		assertReadBack(List.of(first, SseEvent.raw(unfinished).id("7"), next), parse(frame));
		assertThat(buffer.toFrame().getLastId()).isEqualTo("7");
	}

	@Property
	void chunksOfAnySizeReadTheSame(@ForAll("sequences") List<SseEvent> events,
			@ForAll @IntRange(min = 1, max = 16) int size) {
		byte[] stream = Frame.join(events.stream().map((event) -> this.encoder.encode(event, event.getId())).toList())
			.toByteArray();
		EventStreamParser parser = new EventStreamParser();
		for (int i = 0; i < stream.length; i += size) {
			parser.feed(stream, i, Math.min(size, stream.length - i));
		}
		assertReadBack(events, parser);
	}

	@Property
	void aSerializerOwnsNoFraming(@ForAll("bytes") byte[] bytes) {
		Frame frame = new EventEncoder((data) -> bytes).encode(SseEvent.of("a"), "7");
		assertThat(parse(frame).getEvents())
			.containsExactly(new Event("message", HostileText.read(new String(bytes, StandardCharsets.UTF_8)), "7"));
		assertThat(parse(frame).getComments()).isEmpty();
		assertThat(parse(frame).getRetries()).isEmpty();
	}

	@Property
	void aNameIsReadBackOrRefused(@ForAll("lines") String name) {
		if (name.matches("(?s).*[\r\n\0].*")) {
			assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.raw("a").name(name));
			assertThatExceptionOfType(SseException.class)
				.isThrownBy(() -> EventBuffer.using(this.serializer).event(name));
		}
		else {
			String type = name.isEmpty() ? "message" : HostileText.read(name);
			assertThat(parse(this.encoder.encode(SseEvent.raw("a").name(name), null)).getEvents())
				.containsExactly(new Event(type, "a", ""));
		}
	}

	@Property
	void anIdIsReadBackOrRefusedAndNeverACursor(@ForAll("lines") String id) {
		if (id.matches("(?s).*[\r\n\0].*") || HostileText.isGenerated(id.trim())) {
			assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.raw("a").id(id));
			assertThatExceptionOfType(SseException.class).isThrownBy(() -> EventBuffer.using(this.serializer).id(id));
		}
		else {
			EventStreamParser parser = parse(EventBuffer.using(this.serializer).id(id).toFrame());
			assertThat(parser.getLastEventId()).isEqualTo(HostileText.read(id)).isEqualTo(EventId.requireGiven(id));
			assertThat(HostileText.isGenerated(parser.getLastEventId().trim())).isFalse();
		}
	}

	@Property
	void generatedIdsAreNeverGiven(@ForAll("generatedIds") String id) {
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> SseEvent.empty().id(id));
		assertThatExceptionOfType(SseException.class).isThrownBy(() -> EventBuffer.using(this.serializer).id(id));
	}

	@Provide
	Arbitrary<String> lines() {
		return HostileText.lines();
	}

	@Provide
	Arbitrary<String> generatedIds() {
		return HostileText.generatedId();
	}

	@Provide
	Arbitrary<byte[]> bytes() {
		Arbitrary<Byte> marks = Arbitraries.of((byte) '\r', (byte) '\n', (byte) ':', (byte) ' ', (byte) 0xC3,
				(byte) 0xE2, (byte) 0xF0, (byte) 0x80, (byte) 0xBF, (byte) 0xEF, (byte) 0xBB, (byte) 0xFE, (byte) 0);
		return Arbitraries.oneOf(marks, Arbitraries.bytes()).list().ofMaxSize(50).map((list) -> {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			list.forEach(bytes::write);
			return bytes.toByteArray();
		});
	}

	@Provide
	Arbitrary<List<SseEvent>> sequences() {
		return event().list().ofMaxSize(8);
	}

	@Provide
	Arbitrary<SseEvent> event() {
		Arbitrary<SseEvent> data = Arbitraries.oneOf(Arbitraries.just(SseEvent.empty()),
				HostileText.lines().map(SseEvent::raw), HostileText.lines().map(SseEvent::of));
		Arbitrary<Duration> retries = Arbitraries.longs().between(0, Integer.MAX_VALUE).map(Duration::ofMillis);
		return Combinators
			.combine(data, HostileText.singleLine().injectNull(0.3), HostileText.givenId().injectNull(0.3),
					retries.injectNull(0.3), HostileText.lines().injectNull(0.3))
			.as(EventStreamPropertyTests::event);
	}

	private static SseEvent event(SseEvent data, @Nullable String name, @Nullable String id, @Nullable Duration retry,
			@Nullable String comment) {
		SseEvent event = data;
		event = (name != null) ? event.name(name) : event;
		event = (id != null) ? event.id(id) : event;
		event = (retry != null) ? event.retry(retry) : event;
		return (comment != null) ? event.comment(comment) : event;
	}

	private static EventStreamParser parse(Frame frame) {
		return EventStreamParser.parse(frame.toByteArray());
	}

	/**
	 * Compare what was read with a model of what a client makes of the events.
	 */
	private static void assertReadBack(List<SseEvent> written, EventStreamParser read) {
		List<Event> events = new ArrayList<>();
		List<Long> retries = new ArrayList<>();
		List<String> comments = new ArrayList<>();
		String lastId = "";
		for (SseEvent event : written) {
			lastId = (event.getId() != null) ? HostileText.read(event.getId()) : lastId;
			if (event.hasData()) {
				String name = HostileText.read(Objects.requireNonNullElse(event.getName(), ""));
				events.add(new Event(name.isEmpty() ? "message" : name,
						HostileText.read(String.valueOf(event.getData())), lastId));
			}
			if (event.getRetry() != null) {
				retries.add(event.getRetry().toMillis());
			}
			if (event.getComment() != null) {
				comments.addAll(HostileText.readLines(event.getComment()));
			}
		}
		assertThat(read.getEvents()).isEqualTo(events);
		assertThat(read.getRetries()).isEqualTo(retries);
		assertThat(read.getComments()).isEqualTo(comments);
		assertThat(read.getLastEventId()).isEqualTo(lastId);
	}

}
