package io.github.bettersse.test;

import java.nio.charset.StandardCharsets;

import io.github.bettersse.test.EventStreamParser.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the specification, and the rules that have none.
 */
class EventStreamParserTests {

	@Test
	void joinsDataLines() {
		assertThat(EventStreamParser.parse("data: YHOO\ndata: +2\ndata: 10\n\n").getEvents())
			.containsExactly(new Event("message", "YHOO\n+2\n10", ""));
	}

	@Test
	void readsFourBlocks() {
		EventStreamParser parser = EventStreamParser.parse("""
				: test stream

				data: first event
				id: 1

				data:second event
				id

				data:  third event

				""");
		assertThat(parser.getEvents()).containsExactly(new Event("message", "first event", "1"),
				new Event("message", "second event", ""), new Event("message", " third event", ""));
		assertThat(parser.getComments()).containsExactly("test stream");
	}

	@Test
	void dispatchesEmptyDataButNoUnendedEvent() {
		assertThat(EventStreamParser.parse("data\n\ndata\ndata\n\ndata:").getEvents())
			.containsExactly(new Event("message", "", ""), new Event("message", "\n", ""));
	}

	@Test
	void ignoresOneSpaceAfterTheColon() {
		assertThat(EventStreamParser.parse("data:test\n\ndata: test\n\n").getEvents())
			.containsExactly(new Event("message", "test", ""), new Event("message", "test", ""));
	}

	@Test
	void readsNamedEvents() {
		assertThat(EventStreamParser.parse("event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\ndata: x\n\n")
			.getEvents()).containsExactly(new Event("add", "73857293", ""), new Event("remove", "2153", ""),
					new Event("message", "x", ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data: a\ndata: b\n\n", "data: a\rdata: b\r\r", "data: a\r\ndata: b\r\n\r\n",
			"data: a\r\ndata: b\n\r\n", "\uFEFFdata: a\ndata: b\n\n" })
	void readsAllLineEndsAndOneByteOrderMarkInChunksOfAnySize(String stream) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		EventStreamParser parser = new EventStreamParser();
		for (int i = 0; i < bytes.length; i++) {
			parser.feed(bytes, i, 1);
		}
		assertThat(parser.getEvents()).containsExactly(new Event("message", "a\nb", ""))
			.isEqualTo(EventStreamParser.parse(stream).getEvents());
	}

	@Test
	void dropsOneByteOrderMarkOnlyAndOnlyInFront() {
		assertThat(
				EventStreamParser.parse("\uFEFF\uFEFFdata: lost\n\n\uFEFFdata: lost\n\ndata: \uFEFF\n\n").getEvents())
			.containsExactly(new Event("message", "\uFEFF", ""));
	}

	@Test
	void otherSeparatorsEndNoLine() {
		assertThat(EventStreamParser.parse("data: a\u2028b\u2029c\u0085d\u000Be\u0000\n\n").getEvents())
			.containsExactly(new Event("message", "a\u2028b\u2029c\u0085d\u000Be\u0000", ""));
	}

	@Test
	void decodesCharactersCutByChunksAndReplacesMalformedOnes() {
		EventStreamParser parser = new EventStreamParser();
		for (byte b : "data: \uD83D\uDE00é".getBytes(StandardCharsets.UTF_8)) {
			parser.feed(new byte[] { b });
		}
		parser.feed(new byte[] { (byte) 0xC3, '\n', '\n' });
		assertThat(parser.getEvents()).containsExactly(new Event("message", "\uD83D\uDE00é\uFFFD", ""));
	}

	@Test
	void anIdCountsOnceItsEventIsDispatchedAndLastsUntilTheNext() {
		EventStreamParser parser = EventStreamParser.parse("id: 7\ndata: a\n");
		assertThat(parser.getLastEventId()).isEmpty();
		parser.feed("\ndata: b\n\nid: 8\n\n".getBytes(StandardCharsets.UTF_8));
		assertThat(parser.getEvents()).containsExactly(new Event("message", "a", "7"), new Event("message", "b", "7"));
		assertThat(parser.getLastEventId()).isEqualTo("8");
	}

	@Test
	void ignoresAnIdWithNul() {
		assertThat(EventStreamParser.parse("id: 7\n\nid: 8\u0000\n\n").getLastEventId()).isEqualTo("7");
	}

	@Test
	void readsRetryOfDigitsOnly() {
		assertThat(EventStreamParser
			.parse("retry: 10\nretry:0\nretry: +1\nretry: -1\nretry: 1s\nretry: \nretry\nretry: \u0661\nretry:  5\n\n")
			.getRetries()).containsExactly(10L, 0L);
	}

	@Test
	void ignoresUnknownFieldsAndOtherCase() {
		EventStreamParser parser = EventStreamParser.parse("Data: a\n data: b\ndata : c\nfoo: d\n\n");
		assertThat(parser.getEvents()).isEmpty();
		assertThat(parser.getComments()).isEmpty();
	}

}
