package io.github.bettersse.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.bettersse.eventlog.Position;
import io.lettuce.core.protocol.RedisStateMachine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class StreamRecordsOutputTests {

	private static final Position POSITION = new Position("aaaaaaaaaa", 7);

	private static final String RECORD = array(bulk("7-0"), fields("m", "aaaaaaaaaa 1000 0", "r", "text"));

	@Test
	void recordsInTheOlderProtocol() {
		String answer = array(array(bulk("log"), array(RECORD, array(bulk("7-1"), fields("r", "x", "m", "bad")))));
		assertThat(read(answer)).extracting(StreamRecord::id, StreamRecordsOutputTests::content, StreamRecord::isMarked)
			.containsExactly(tuple("7-0", "text", true), tuple("7-1", "x", false));
	}

	@Test
	void recordsInTheNewerProtocol() {
		List<StreamRecord> records = read("%1\r\n" + bulk("log") + array(RECORD));
		assertThat(records).hasSize(1);
		StreamRecord record = records.get(0);
		assertThat(record.position()).isEqualTo(POSITION);
		assertThat(record.sub()).isZero();
		assertThat(record.time()).isEqualTo(1000);
		assertThat(record.begin()).isNull();
		assertThat(content(record)).isEqualTo("text");
	}

	@Test
	void beginOfAnEpoch() {
		String begin = "restarted bbbbbbbbbb 5 6";
		List<StreamRecord> records = read(
				array(array(bulk("log"), array(array(bulk("7-1"), fields("m", "aaaaaaaaaa 1000 0", "b", begin))))));
		assertThat(records).extracting(StreamRecord::begin).containsExactly(begin);
	}

	@Test
	void fieldsOfOtherNamesArePassedOver() {
		List<StreamRecord> records = read(array(array(bulk("log"),
				array(array(bulk("7-0"), fields("mark", "x", "z", "y", "m", "aaaaaaaaaa 1000 0", "", "", "r", "text")),
						RECORD))));
		assertThat(records).extracting(StreamRecordsOutputTests::content).containsExactly("text", "text");
		assertThat(records).allMatch(StreamRecord::isMarked);
	}

	@Test
	void recordWithoutFieldsIsNotMarked() {
		List<StreamRecord> records = read(array(array(bulk("log"), array(array(bulk("7-0"), array()), RECORD))));
		assertThat(records).extracting(StreamRecord::isMarked).containsExactly(false, true);
	}

	@Test
	void nothing() {
		assertThat(read("*-1\r\n")).isEmpty();
		assertThat(read("_\r\n")).isEmpty();
	}

	/** Read an answer of which each byte comes by itself. */
	private static List<StreamRecord> read(String answer) {
		StreamRecordsOutput output = new StreamRecordsOutput();
		RedisStateMachine protocol = new RedisStateMachine();
		try {
			ByteBuf buffer = Unpooled.buffer();
			byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
			for (int i = 0; i < bytes.length; i++) {
				buffer.writeByte(bytes[i]);
				assertThat(protocol.decode(buffer, output)).isEqualTo(i == bytes.length - 1);
			}
		}
		finally {
			protocol.close();
		}
		return output.get();
	}

	private static String content(StreamRecord record) {
		return LogKeys.text(record.content());
	}

	private static String fields(String... namesAndValues) {
		StringBuilder fields = new StringBuilder("*" + namesAndValues.length + "\r\n");
		for (String text : namesAndValues) {
			fields.append(bulk(text));
		}
		return fields.toString();
	}

	private static String array(String... elements) {
		return "*" + elements.length + "\r\n" + String.join("", elements);
	}

	private static String bulk(String text) {
		return "$" + text.length() + "\r\n" + text + "\r\n";
	}

}
