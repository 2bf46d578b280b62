package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Set;

import io.github.bettersse.actuate.SseSessionDescriptor;
import io.github.bettersse.actuate.SseStreamsEndpoint;
import io.github.bettersse.actuate.SseStreamsEndpointWebExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who sees the values of sessions, and which.
 */
class EndpointValuesTests {

	private static final String HIDDEN = "******";

	@RegisterExtension
	private final TestEngine engine = new TestEngine();

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	private TestClient<Object> client;

	@BeforeEach
	void connect() {
		Handshake handshake = Handshake.builder("GET", URI.create("/sse"))
			.principal(() -> "ann")
			.remoteAddress("192.0.2.1")
			.build();
		this.client = this.engine.prepare(handshake, SessionOptions.builder().state("vip").build());
		this.news.register(this.client.session());
		this.client.opening().complete();
		this.engine.awaitDelivery();
	}

	@Test
	void theyAreHiddenUnlessSaidOtherwise() {
		SseSessionDescriptor session = describe(endpoint(Show.NEVER), Show.NEVER, Set.of(), caller("ops", "OPS"));
		assertThat(session)
			.extracting(SseSessionDescriptor::principal, SseSessionDescriptor::remoteAddress,
					SseSessionDescriptor::state)
			.containsExactly(HIDDEN, HIDDEN, HIDDEN);
		assertThat(session.id()).isEqualTo(this.client.session().getId());
		assertThat(endpoint(Show.NEVER).channel("news").sessions().get(0).principal()).isEqualTo(HIDDEN);
	}

	@Test
	void theyAreShownToWhomHasTheRole() {
		SseStreamsEndpoint endpoint = endpoint(Show.WHEN_AUTHORIZED);
		for (SecurityContext denied : List.of(SecurityContext.NONE, caller("eve", "USER"))) {
			assertThat(describe(endpoint, Show.WHEN_AUTHORIZED, Set.of("OPS"), denied).principal()).isEqualTo(HIDDEN);
		}
		assertThat(describe(endpoint, Show.WHEN_AUTHORIZED, Set.of("OPS"), caller("ops", "OPS")).principal())
			.isEqualTo("ann");
		assertThat(describe(endpoint, Show.WHEN_AUTHORIZED, Set.of(), caller("eve", "USER")).principal())
			.isEqualTo("ann");
	}

	@Test
	void whatIsShownIsSanitized() {
		SanitizingFunction function = SanitizingFunction.sanitizeValue().ifKeyEquals("state");
		SseStreamsEndpoint endpoint = new SseStreamsEndpoint(this.engine.engine, List.of(function), Show.ALWAYS);
		SseSessionDescriptor session = describe(endpoint, Show.ALWAYS, Set.of(), SecurityContext.NONE);
		assertThat(session)
			.extracting(SseSessionDescriptor::principal, SseSessionDescriptor::remoteAddress,
					SseSessionDescriptor::state)
			.containsExactly("ann", "192.0.2.1", HIDDEN);
	}

	@Test
	void whatIsNotThereIsNotHidden() {
		TestClient<Object> bare = this.engine.connect();
		Channel<Void, Object> sport = this.engine.channels.channel("sport");
		sport.register(bare.session());
		SseSessionDescriptor session = endpoint(Show.ALWAYS).channel("sport").sessions().get(0);
		assertThat(session)
			.extracting(SseSessionDescriptor::principal, SseSessionDescriptor::remoteAddress,
					SseSessionDescriptor::state)
			.containsOnlyNulls();
	}

	private SseStreamsEndpoint endpoint(Show show) {
		return new SseStreamsEndpoint(this.engine.engine, List.of(), show);
	}

	private static SseSessionDescriptor describe(SseStreamsEndpoint endpoint, Show show, Set<String> roles,
			SecurityContext caller) {
		return new SseStreamsEndpointWebExtension(endpoint, show, roles).channel(caller, "news").sessions().get(0);
	}

	private static SecurityContext caller(String name, String role) {
		return new SecurityContext() {

			@Override
			public Principal getPrincipal() {
				return () -> name;
			}

			@Override
			public boolean isUserInRole(String asked) {
				return role.equals(asked);
			}

		};
	}

}
