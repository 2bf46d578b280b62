package io.github.bettersse.container;

import java.io.IOException;

import io.github.bettersse.Departure;
import io.github.bettersse.DisconnectReason;
import io.github.bettersse.Session;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
	void cancelIsNoticedWithoutAWriteWhereTheConnectionIsHandedOver() throws Exception {
		assumeTrue(this.combination.isHandedOver(), "An asynchronous request tells only when it is written to");
		OpenStream stream = open("/stream");
		Session<?> session = this.streams.nextSession();
		stream.cancel();
		assertThat(this.streams.nextReason()).isEqualTo(DisconnectReason.CLIENT_GONE);
		assertThat(session.getDeparture()).isEqualTo(Departure.LEFT);
	}

	/**
	 * Not over HTTP/2 on Tomcat 11.0.22, which loses a request that is reset twice, as
	 * some clients do where data crosses their first reset: the error that it has queued
	 * for the first is dropped at the second, and no listener ever hears of it.
	 */
	@Test
	void cancelOfAClientThatDoesNotReadIsNoticed() throws Exception {
		assumeFalse(this.combination.isTomcat() && this.combination.http2(),
				"Tomcat loses an HTTP/2 request that is reset twice");
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
