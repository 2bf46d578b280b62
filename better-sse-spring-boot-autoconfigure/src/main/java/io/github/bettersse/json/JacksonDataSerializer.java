package io.github.bettersse.json;

import io.github.bettersse.event.DataSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns data into JSON with Jackson; strings too, so that a client can always do
 * {@code JSON.parse(event.data)}. Thread-safe.
 */
public final class JacksonDataSerializer implements DataSerializer {

	private final JsonMapper mapper;

	/**
	 * Create a serializer.
	 * @param mapper the mapper, usually that of the application
	 */
	public JacksonDataSerializer(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public byte[] serialize(@Nullable Object data) {
		return this.mapper.writeValueAsBytes(data);
	}

}
