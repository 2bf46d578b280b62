package io.github.bettersse;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.bettersse.eventlog.Retention;
import org.jspecify.annotations.Nullable;

/**
 * What channels keep: what the rule for the name says, the longest of several and an
 * exact one before all patterns; else what the channel's options say; else the default.
 * Immutable, thread-safe.
 */
final class HistoryRules {

	private final Map<String, History> exact;

	private final List<Rule> patterns;

	private final History byDefault;

	private record Rule(Pattern pattern, History history) {

		static Rule of(String name, History history) {
			String regex = Stream.of(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
			return new Rule(Pattern.compile(regex, Pattern.DOTALL), history);
		}

	}

	HistoryRules(Map<String, History> byName, History byDefault) {
		this.exact = Map.copyOf(byName);
		Comparator<String> longestFirst = Comparator.comparingInt(String::length).reversed();
		this.patterns = this.exact.entrySet()
			.stream()
			.filter((rule) -> rule.getKey().contains("*"))
			.sorted(Map.Entry.comparingByKey(longestFirst.thenComparing(Comparator.naturalOrder())))
			.map((rule) -> Rule.of(rule.getKey(), rule.getValue()))
			.toList();
		this.byDefault = byDefault;
	}

	Retention retention(String channel, @Nullable History option) {
		History exact = this.exact.get(channel);
		if (exact != null) {
			return exact.retention();
		}
		for (Rule rule : this.patterns) {
			if (rule.pattern().matcher(channel).matches()) {
				return rule.history().retention();
			}
		}
		return ((option != null) ? option : this.byDefault).retention();
	}

}
