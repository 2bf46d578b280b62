package io.github.bettersse.eventlog;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.SseEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryEventLogTests extends EventLogContract {

	@Override
	protected EventLog createLog() {
		return new InMemoryEventLog();
	}

	@Test
	void everyLogHasAnEpochOfItsOwn() {
		assertThat(createLog().getPosition().epoch()).isNotEqualTo(createLog().getPosition().epoch());
	}

	@Test
	void appendIsDoneAtOnceAndCarriesTheScope() {
		EventLog log = createLog();
		AtomicReference<Object> scope = new AtomicReference<>();
		log.follow((entry) -> scope.set(entry.scope()));
		Object given = new Object();
		SseEvent event = SseEvent.of("a");
		CompletableFuture<Position> appended = log.append(new LogEvent("news", event,
				new EventEncoder(DataSerializer.ofText(Object::toString)).encode(event), given, Retention.NONE));
		assertThat(appended).isCompletedWithValue(log.getPosition());
		assertThat(scope).hasValue(given);
	}

}
