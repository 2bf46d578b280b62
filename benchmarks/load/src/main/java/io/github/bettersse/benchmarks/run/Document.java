package io.github.bettersse.benchmarks.run;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document with sections that are measured, each between two comments that name it.
 *
 * @param file the document
 */
record Document(Path file) {

	void replace(String section, String text) {
		String begin = "<!-- begin " + section + " -->";
		String end = "<!-- end " + section + " -->";
		Matcher place = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
			.matcher(Files.read(this.file));
		if (!place.find()) {
			throw new IllegalArgumentException(this.file + " has no place for " + section + ": " + begin + " " + end);
		}
		Files.write(this.file, place.replaceFirst(Matcher.quoteReplacement(begin + "\n" + text + end)));
	}

}
