package io.github.bettersse.autoconfigure.tomcat;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.util.unit.DataSize;

/**
 * Sets the size of the buffers that a connector has for each of its connections.
 */
final class SocketBufferCustomizer implements TomcatConnectorCustomizer {

	private static final DataSize MIN_SIZE = DataSize.ofBytes(512);

	private static final DataSize MAX_SIZE = DataSize.ofMegabytes(1);

	private final DataSize size;

	SocketBufferCustomizer(DataSize size) {
		if (size.compareTo(MIN_SIZE) < 0 || size.compareTo(MAX_SIZE) > 0) {
			throw new InvalidConfigurationPropertyValueException("better-sse.tomcat.socket-buffer-size", size,
					"must be from 512B to 1MB");
		}
		this.size = size;
	}

	@Override
	public void customize(Connector connector) {
		if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
			protocol.setProperty("socket.appReadBufSize", Long.toString(this.size.toBytes()));
			protocol.setProperty("socket.appWriteBufSize", Long.toString(this.size.toBytes()));
		}
	}

}
