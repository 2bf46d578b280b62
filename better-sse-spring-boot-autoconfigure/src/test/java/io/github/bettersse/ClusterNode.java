package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.redis.RedisEventLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An engine that shares its log with others, on recording connections.
 */
final class ClusterNode implements AutoCloseable {

	private final RedisEventLog log;

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final SseEngine engine;

	ClusterNode(RedisEventLog log) {
		this.log = log;
		this.engine = SseEngine.builder()
			.serializer(DataSerializer.ofText(Object::toString))
			.executor(this.executor)
			.sessionDefaults(SessionOptions.builder().noRetry().build())
			.eventLog(log)
			.build();
	}

	SseEngine engine() {
		return this.engine;
	}

	RedisEventLog log() {
		return this.log;
	}

	ChannelRegistry channels() {
		return this.engine.getChannelRegistry();
	}

	Channel<Void, Object> channel(String name, History history) {
		return channels().channel(name, ChannelOptions.<Void, Object>builder().history(history).build());
	}

	/** Open a session. */
	TestClient<Object> connect(String user, String lastEventId, Consumer<Session<Object>> handler) {
		Handshake.Builder handshake = Handshake.builder("GET", URI.create("/sse"));
		if (!user.isEmpty()) {
			handshake.principal(new User(user));
		}
		if (!lastEventId.isEmpty()) {
			handshake.headers(Map.of("Last-Event-ID", List.of(lastEventId)));
		}
		RecordingConnection connection = new RecordingConnection(handshake.build());
		SessionOptions<Object> options = SessionOptions.builder().build();
		TestClient<Object> client = new TestClient<>(this.engine.getSessionFactory().prepare(connection, options),
				connection);
		handler.accept(client.session());
		client.opening().complete();
		return client;
	}

	/** Wait until a client has got this, with {@code @} for epochs. */
	static void awaitReceived(TestClient<?> client, String expected) {
		TestEngine.await()
			.untilAsserted(() -> assertThat(Wire.masked(client.connection().received())).isEqualTo(expected));
	}

	/** End it as a process that is killed: it says nothing any more. */
	void kill() {
		this.log.close();
	}

	@Override
	public void close() {
		this.engine.close();
		this.log.close();
		this.executor.shutdown();
	}

	private record User(String getName) implements Principal {
	}

}
