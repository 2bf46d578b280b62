package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsTests {

	@Test
	void tellsMediansAndRatios() {
		ServerSpec ours = new ServerSpec("ours", true, new RawCProgram());
		ServerSpec theirs = new ServerSpec("theirs", false, new RawCProgram());
		Results results = new Results(Metric.CPU);
		for (double cpu : new double[] { 9, 2, 3 }) {
			results.add("all", ours, new Sample("ok").with(Metric.CPU, cpu).with(Metric.ALLOCATED, 1));
			results.add("all", theirs, new Sample((cpu == 2) ? "missing 1" : "ok").with(Metric.CPU, 2 * cpu));
		}
		results.note(theirs, "no reason");
		assertThat(results.toMarkdown()).isEqualTo("""
				**all**

				| server | CPU µs per delivery | bytes allocated per delivery | ours ÷ it | check |
				| --- | ---: | ---: | ---: | --- |
				| ours | 3.00 | 1.0 |  | ok |
				| theirs | 6.00 |  | 0.50 | missing 1 |

				Not measured: theirs: no reason.

				""");
	}

	@Test
	void tellsRatiosOfWhatACaseIsComparedBy() {
		ServerSpec ours = new ServerSpec("ours", true, new RawCProgram());
		ServerSpec theirs = new ServerSpec("theirs", false, new RawCProgram());
		Results results = new Results(Metric.CPU);
		results.compare("all", Metric.P50, Metric.P99);
		results.add("all", theirs, new Sample("ok").with(Metric.P50, 2).with(Metric.P99, 10));
		results.add("all", ours, new Sample("ok").with(Metric.P50, 3).with(Metric.P99, 5));
		assertThat(results.toMarkdown()).isEqualTo("""
				**all**

				| server | p50 ms | p99 ms | ours ÷ it, p50 ms | ours ÷ it, p99 ms | check |
				| --- | ---: | ---: | ---: | ---: | --- |
				| theirs | 2.00 | 10.0 | 1.50 | 0.50 | ok |
				| ours | 3.00 | 5.0 |  |  | ok |

				""");
	}

	@Test
	void tellsOfHowManyRoundsMediansAre() {
		Rounds same = new Rounds(3, List.of(Servers.named("tomcat"), Servers.named("jetty:3")));
		assertThat(same).hasToString("Medians of 3.");
		Rounds different = new Rounds(2, List.of(Servers.named("tomcat:5"), Servers.named("webflux:1"), Servers.RAW));
		assertThat(different).hasToString("Medians of 5, of 1 for webflux, of 2 for raw.");
	}

	@Test
	void tellsWhatPartsAreComparedWith() {
		String csv = """
				"Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit"
				"a.b.EventEncoderBenchmark.jackson","avgt",1,10,400.000000,2.000000,"ns/op"
				"a.b.EventEncoderBenchmark.jacksonAndFrame","avgt",1,10,1440.040000,4.000000,"ns/op"
				""";
		assertThat(Parts.toMarkdown(csv)).isEqualTo("""
				| part | ns | ± | ÷ | of |
				| --- | ---: | ---: | ---: | --- |
				| EventEncoderBenchmark.jackson | 400.0 | 2.0 |  |  |
				| EventEncoderBenchmark.jacksonAndFrame | 1,440.0 | 4.0 | 3.60 | jackson |

				""");
	}

	@Test
	void replacesItsSectionOnly(@TempDir Path directory) {
		Path file = directory.resolve("a.md");
		Files.write(file, "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n<!-- begin y --><!-- end y -->\n");
		new Document(file).replace("x", "$new\n");
		new Document(file).replace("y", "other\n");
		assertThat(Files.read(file))
			.isEqualTo("a\n<!-- begin x -->\n$new\n<!-- end x -->\nb\n<!-- begin y -->\nother\n<!-- end y -->\n");
	}

}
