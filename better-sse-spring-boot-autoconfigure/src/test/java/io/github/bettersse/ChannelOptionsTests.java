package io.github.bettersse;

import java.util.function.BiPredicate;

import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which options are the same, so that two places may ask for one channel.
 */
class ChannelOptionsTests {

	@Test
	void optionsAreEqualByTypes() {
		assertThat(ChannelOptions.forSessions(String.class)).isEqualTo(ChannelOptions.forSessions(String.class))
			.hasSameHashCodeAs(ChannelOptions.forSessions(String.class))
			.isEqualTo(ChannelOptions.<Void, String>builder().sessionState(String.class).build())
			.isNotEqualTo(ChannelOptions.forSessions(Object.class))
			.isNotEqualTo("options")
			.isNotEqualTo(null);
		assertThat(ChannelOptions.forSessions(Object.class)).isEqualTo(ChannelOptions.builder().build());
	}

	@Test
	void stateIsComparedByItsTypeOnly() {
		assertThat(ChannelOptions.builder().state(1).build()).isEqualTo(ChannelOptions.builder().state(2).build())
			.isNotEqualTo(ChannelOptions.builder().state("1").build())
			.isNotEqualTo(ChannelOptions.builder().build());
	}

	@Test
	void filtersOfTheSameExpressionAreTheSame() {
		assertThat(filtered(1)).isEqualTo(filtered(2))
			.hasSameHashCodeAs(filtered(2))
			.isNotEqualTo(ChannelOptions.builder().build())
			.isNotEqualTo(ChannelOptions.builder().filter((session, event) -> true).build());
		BiPredicate<Session<?>, SseEvent> filter = (session, event) -> true;
		assertThat(ChannelOptions.builder().filter(filter).build())
			.isEqualTo(ChannelOptions.builder().filter(filter).build());
	}

	private static ChannelOptions<Object, Object> filtered(int length) {
		return ChannelOptions.builder().filter((session, event) -> session.getId().length() > length).build();
	}

}
