package io.github.bettersse;

import java.util.List;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.metrics.MeterRecorder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A broadcast is one observation, from the publisher to the delivery.
 */
class BroadcastObservationTests {

	private static final String NAME = "better.sse.broadcast";

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	@RegisterExtension
	private final TestEngine engine = new TestEngine((builder) -> builder
		.recorder(new MeterRecorder(new SimpleMeterRegistry(), this.observations, List.of("news"), false))
		.serializer(DataSerializer.ofText((data) -> {
			if ("bad".equals(data)) {
				throw new SseException("not serialisable");
			}
			return String.valueOf(data);
		})));

	private final Channel<Void, Object> news = this.engine.channels.channel("news");

	@Test
	void itEndsWhenTheEventWasDelivered() {
		this.news.register(this.engine.connect().session());
		this.engine.awaitDelivery();
		Gate delivery = this.engine.holdDelivery();
		this.news.broadcast("x");
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(NAME)
			.that()
			.hasBeenStarted()
			.isNotStopped();
		assertThat(this.observations.getCurrentObservation()).as("left behind with the publisher").isNull();
		delivery.open();
		this.engine.awaitDelivery();
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasNumberOfObservationsEqualTo(1)
			.hasSingleObservationThat()
			.hasNameEqualTo(NAME)
			.hasContextualNameEqualTo("sse broadcast")
			.hasOnlyKeys("channel")
			.hasLowCardinalityKeyValue("channel", "news")
			.hasBeenStopped()
			.doesNotHaveError();
	}

	@Test
	void itEndsAtOnceWhereNobodyIs() {
		this.engine.channels.channel("unknown").broadcast("x");
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("channel", "other")
			.hasBeenStopped();
	}

	@Test
	void itIsAChildOfWhatThePublisherDoesAndTheParentOfWhatItsListenersDo() {
		this.news.onBroadcast((event) -> Observation.start("listener", this.observations).stop());
		Observation publisher = Observation.createNotStarted("publisher", this.observations);
		publisher.observe(() -> this.news.broadcast("x"));
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo(NAME)
			.that()
			.hasParentObservationEqualTo(publisher);
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasObservationWithNameEqualTo("listener")
			.that()
			.hasParentObservationContextMatching((parent) -> NAME.equals(parent.getName()));
	}

	@Test
	void aFailedBroadcastHasAnError() {
		assertThatThrownBy(() -> this.news.broadcast("bad")).isInstanceOf(SseException.class);
		TestObservationRegistryAssert.assertThat(this.observations)
			.hasSingleObservationThat()
			.hasBeenStopped()
			.assertThatError()
			.isInstanceOf(SseException.class);
	}

	@Test
	void theTraceGoesFromThePublisherToTheDelivery() {
		SimpleTracer tracer = new SimpleTracer();
		this.observations.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
		TestClient<Object> client = this.engine.connect();
		this.news.register(client.session());
		this.engine.awaitDelivery();
		Observation.createNotStarted("publisher", this.observations)
			.observe(() -> this.news.broadcast(SseEvent.raw("x")));
		this.engine.awaitDelivery();
		assertThat(tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactlyInAnyOrder("publisher", "sse broadcast");
		SimpleSpan publisher = span(tracer, "publisher");
		SimpleSpan broadcast = span(tracer, "sse broadcast");
		assertThat(broadcast.context().traceId()).isEqualTo(publisher.context().traceId());
		assertThat(broadcast.context().parentId()).isEqualTo(publisher.context().spanId());
		assertThat(broadcast.getTags()).containsEntry("channel", "news");
		assertThat(broadcast.getEndTimestamp()).isAfter(publisher.getStartTimestamp());
	}

	private static SimpleSpan span(SimpleTracer tracer, String name) {
		return tracer.getSpans().stream().filter((span) -> name.equals(span.getName())).findFirst().orElseThrow();
	}

}
