package io.github.bettersse.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventStreamParserTests {

	private static final String STREAM = """
			retry: 2000
			: a comment

			event: tick
			id: ~0f8fad5b
			data: 0,0000000001,

			id: abcdefghij-2
			event: tick
			data: 1,1234567890,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

			:

			event: stream-cursor
			id: abcdefghij-3
			data:\s

			data: 3,1234567890,x

			event:tick
			data:2,9876543210,xxxxxxxx
			: after the data

			event: tick
			data: 12,x

			event: tick
			data: nothing

			event: tick
			data: 12x,17,

			event: stream-reset
			data: {}

			data: 5,5,
			""";

	private static final List<String> EVENTS = List.of("0 at 1", "1 at 1234567890", "2 at 9876543210", "malformed",
			"malformed", "malformed", "reset");

	private final Recorder recorder = new Recorder();

	private final EventStreamParser parser = new EventStreamParser(this.recorder);

	@Test
	void readsEventsAndIgnoresOthers() {
		parse(STREAM, STREAM.length());
		assertThat(this.recorder.events).isEqualTo(EVENTS);
		assertThat(this.parser.lastId()).isEqualTo("abcdefghij-3");
	}

	@Test
	void readsTheSameHoweverTheStreamIsCut() {
		for (String lineEnd : List.of("\n", "\r", "\r\n")) {
			String stream = STREAM.replace("\n", lineEnd);
			for (int cut = 0; cut <= stream.length(); cut++) {
				Recorder cutRecorder = new Recorder();
				EventStreamParser cutParser = new EventStreamParser(cutRecorder);
				byte[] bytes = stream.getBytes(StandardCharsets.US_ASCII);
				cutParser.parse(bytes, 0, cut);
				cutParser.parse(bytes, cut, bytes.length);
				assertThat(cutRecorder.events).as("cut at %d", cut).isEqualTo(EVENTS);
			}
		}
	}

	@Test
	void readsTheSameByteForByte() {
		parse(STREAM, 1);
		assertThat(this.recorder.events).isEqualTo(EVENTS);
	}

	@Test
	void takesTheIdOfWholeEventsOnly() {
		parse("id: a-1\nevent: tick\ndata: 0,0,\n\nid: a-2\nevent: tick\ndata: 1,0,\n", 100);
		assertThat(this.parser.lastId()).isEqualTo("a-1");
	}

	@Test
	void beginsAnewAfterACut() {
		parse("event: tick\ndata: 0,0", 100);
		this.parser.restart();
		parse("event: tick\ndata: 0,7,\n\n", 100);
		assertThat(this.recorder.events).containsExactly("0 at 7");
	}

	@Test
	void readsChunksHoweverTheyAreCut() {
		for (int chunk = 1; chunk < 40; chunk++) {
			byte[] body = chunked(chunk).getBytes(StandardCharsets.US_ASCII);
			for (int cut = 0; cut <= body.length; cut++) {
				Recorder cutRecorder = new Recorder();
				BodyDecoder decoder = new BodyDecoder(new EventStreamParser(cutRecorder));
				decoder.start(true);
				boolean ended = decoder.decode(body, 0, cut);
				assertThat(ended | decoder.decode(body, cut, body.length)).isTrue();
				assertThat(cutRecorder.events).as("chunks of %d, cut at %d", chunk, cut).isEqualTo(EVENTS);
			}
		}
	}

	private static String chunked(int size) {
		StringBuilder body = new StringBuilder();
		for (int i = 0; i < STREAM.length(); i += size) {
			String chunk = STREAM.substring(i, Math.min(STREAM.length(), i + size));
			String extension = (i % 2 == 0) ? "" : ";a=b";
			body.append(Integer.toHexString(chunk.length()))
				.append(extension)
				.append("\r\n")
				.append(chunk)
				.append("\r\n");
		}
		return body.append("0\r\n\r\n").toString();
	}

	private void parse(String text, int pieces) {
		byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		for (int i = 0; i < bytes.length; i += pieces) {
			this.parser.parse(bytes, i, Math.min(bytes.length, i + pieces));
		}
	}

	private static final class Recorder implements EventStreamParser.Events {

		private final List<String> events = new ArrayList<>();

		@Override
		public void tick(long sequence, long time) {
			this.events.add(sequence + " at " + time);
		}

		@Override
		public void malformed() {
			this.events.add("malformed");
		}

		@Override
		public void reset() {
			this.events.add("reset");
		}

	}

}
