package io.github.bettersse.event;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.json.JacksonDataSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * What framing adds to serialising an object, and text of many lines to copying it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class EventEncoderBenchmark {

	private static final String ID = "k3v9x2m7qa-123456";

	private final JsonMapper mapper = JsonMapper.shared();

	private final EventEncoder encoder = new EventEncoder(new JacksonDataSerializer(this.mapper));

	/** About 200 bytes of JSON. */
	private final Article article = new Article(123456, "A title of some forty characters in length", "Ada Lovelace",
			"And a first sentence that says in a few words what all this is about", 17.25, true);

	private final SseEvent event = SseEvent.of(this.article).name("article");

	private final byte[] json = this.mapper.writeValueAsBytes(this.article);

	private final EventEncoder framing = new EventEncoder((data) -> this.json);

	private final String ascii = "A line of sixty-three characters, as a log or a paragraph has.\n".repeat(1000);

	private final String latin = "Eine Zeile von zweiundsechzig Zeichen, mit Umlauten: ä, ö und ü.\n".repeat(1000);

	private final String wide = "An emoji \uD83D\uDE00 or two \uD83D\uDE80, which Java keeps as two characters each.\n"
		.repeat(1000);

	private final byte[] bytes = this.ascii.getBytes(StandardCharsets.UTF_8);

	/** The measure: Jackson alone. */
	@Benchmark
	public byte[] jackson() {
		return this.mapper.writeValueAsBytes(this.article);
	}

	@Benchmark
	public Frame jacksonAndFrame() {
		return this.encoder.encode(this.event, ID);
	}

	/** Framing by itself: the object has been serialised before. */
	@Benchmark
	public Frame frame() {
		return this.framing.encode(this.event, ID);
	}

	/** The part of it that looks for line ends. */
	@Benchmark
	public int frameLineEnds() {
		return ByteSearch.endOfLine(this.json, 0);
	}

	/** The part that does not know the id yet. */
	@Benchmark
	public EncodedEvent frameWithoutId() {
		return this.framing.encode(this.event);
	}

	/** The measure: one copy. */
	@Benchmark
	public byte[] copyOfText() {
		return this.bytes.clone();
	}

	/** The measure: what the JDK does with the text. */
	@Benchmark
	public byte[] utf8OfText() {
		return this.ascii.getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public Frame linesOfText() {
		return this.encoder.encode(SseEvent.raw(this.ascii), ID);
	}

	@Benchmark
	public byte[] utf8OfLatinText() {
		return this.latin.getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public Frame linesOfLatinText() {
		return this.encoder.encode(SseEvent.raw(this.latin), ID);
	}

	@Benchmark
	public byte[] utf8OfWideText() {
		return this.wide.getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public Frame linesOfWideText() {
		return this.encoder.encode(SseEvent.raw(this.wide), ID);
	}

	/**
	 * An object as applications send them.
	 *
	 * @param id a number
	 * @param title a text
	 * @param author a text
	 * @param summary a text
	 * @param rating a number
	 * @param published a truth
	 */
	public record Article(long id, String title, String author, String summary, double rating, boolean published) {
	}

}
