package io.github.bettersse.container;

import java.io.IOException;

import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that go away.
 */
@ParameterizedClass
@MethodSource("io.github.bettersse.container.Combination#all")
class ClientGoneTests extends ContainerTests {

	ClientGoneTests(Combination combination) throws IOException {
		super(combination);
	}

	@Test
	void cancelIsNoticedByKeepAlive() throws Exception {
		open("/keep-alive").cancel();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
	}

	@Test
	void cancelOfAClientThatDoesNotReadIsNoticed() throws Exception {
		OpenStream stream = open("/stream");
		this.streams.nextSession().push("x".repeat(this.client.moreThanItTakesUnread()));
		stream.cancel();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
	}

	@RepeatedTest(5)
	void cancelAndCloseAtOnce() throws Exception {
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		Thread t = new Thread(session::close);
		t.start();
		stream.cancel();
		t.join();
		this.streams.nextReason();
	}

}
