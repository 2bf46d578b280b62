package io.github.bettersse.container;

import java.io.IOException;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that the application ends, or does not let begin.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#all")
class EndingTests extends ContainerTests {

	EndingTests(Combination combination) throws IOException {
		super(combination);
	}

	@Test
	void closeEndsTheBodyInOrder() throws Exception {
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		session.push(SseEvent.of("last").id("1")).close();
		assertThat(stream.readRest()).isEqualTo("id: 1\ndata: \"last\"\n\n");
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLOSED);
	}

	@Test
	void disconnectTellsTheClientToStayAway() throws Exception {
		OpenStream stream = open("/stream");
		this.streams.nextSession().disconnect();
		assertThat(stream.readRest()).isEqualTo("event: disconnect\nretry: 2147483647\ndata: null\n\n");
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.DISCONNECTED);
	}

	@Test
	void refusalIsAnOrdinaryAnswer() throws Exception {
		OpenStream stream = this.client.open("/refused");
		assertThat(stream.status()).isEqualTo(204);
		assertThat(stream.readRest()).isEmpty();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.REFUSED);
	}

	@Test
	void failureBeforeTheFirstPushIsAnOrdinaryError() throws Exception {
		expectErrorDispatch();
		OpenStream stream = this.client.open("/fails");
		assertThat(stream.status()).isEqualTo(500);
		stream.readRest();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.REFUSED);
		assertThat(takeWarnings()).isNotEmpty();
	}

	@Test
	void failureAfterTheFirstPushEndsTheStream() throws Exception {
		OpenStream stream = open("/fails-later");
		assertThat(stream.readRest()).isEqualTo("id: 1\ndata: \"last\"\n\n");
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.ERROR);
		assertThat(takeWarnings()).isNotEmpty()
			.allSatisfy((warning) -> assertThat(warning).endsWith("after the first push"));
	}

}
