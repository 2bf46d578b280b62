package io.github.bettersse.autoconfigure.server;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Locale;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Warns if the web server compresses event streams.
 */
final class CompressionCheck implements ApplicationListener<WebServerInitializedEvent> {

	private static final System.Logger logger = System.getLogger(CompressionCheck.class.getName());

	private static final String EVENT_STREAM = "text/event-stream";

	private final ObjectProvider<ServerProperties> server;

	CompressionCheck(ObjectProvider<ServerProperties> server) {
		this.server = server;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		if (event.getApplicationContext().getServerNamespace() == null) {
			this.server.ifAvailable((properties) -> check(properties.getCompression()));
		}
	}

	private static void check(Compression compression) {
		if (compression.getEnabled()
				&& Arrays.stream(compression.getAllMimeTypes()).anyMatch(CompressionCheck::includesEventStreams)) {
			logger.log(Level.WARNING, "The web server compresses event streams: that may hold events back, and costs "
					+ "memory for each open stream. Leave " + EVENT_STREAM + " out of server.compression.mime-types "
					+ "and server.compression.additional-mime-types.");
		}
	}

	/** Tomcat compares only as much as is given, Jetty takes wildcards. */
	private static boolean includesEventStreams(String mimeType) {
		String type = mimeType.strip().toLowerCase(Locale.ROOT);
		return !type.isEmpty() && EVENT_STREAM.startsWith(type.endsWith("*") ? type.replace("*", "") : type)
				|| type.startsWith(EVENT_STREAM) || "*/*".equals(type);
	}

}
