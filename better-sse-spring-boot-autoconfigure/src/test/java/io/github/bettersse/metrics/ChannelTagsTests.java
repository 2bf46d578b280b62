package io.github.bettersse.metrics;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which value of the tag a channel has.
 */
class ChannelTagsTests {

	@Test
	void withoutNamesAllChannelsAreOne() {
		assertThat(new ChannelTags(List.of()).of("news")).isEqualTo("other");
	}

	@Test
	void exactNamesGoBeforePatternsAndLongerPatternsBeforeShorterOnes() {
		ChannelTags tags = new ChannelTags(List.of("*", "user:*", "user:ann", "a.c"));
		assertThat(tags.of("user:ann")).isEqualTo("user:ann");
		assertThat(tags.of("user:bob")).isEqualTo("user:*");
		assertThat(tags.of("news/\nsport")).isEqualTo("*");
		assertThat(tags.of("abc")).as("only * has a meaning").isEqualTo("*");
		assertThat(tags.of("a.c")).isEqualTo("a.c");
	}

	@Test
	void thereAreNoMoreValuesThanWereAskedFor() {
		ChannelTags tags = new ChannelTags(List.of("user:*", "user:*"));
		assertThat(tags.optedIn()).containsExactly("user:*");
	}

}
