package io.github.bettersse.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

import io.github.bettersse.Connection.Listener;
import io.github.bettersse.servlet.ChannelSocket;
import io.github.bettersse.servlet.HandedOverStream;
import io.github.bettersse.servlet.SharedFrames;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A stream that has the connection of its client to itself, on Jetty.
 * <p>
 * Jetty opens it as another protocol of the connection at the end of the request, and
 * closes it with the connection. The request may end without that: a filter has thrown,
 * or the client has reset the connection. Nothing of Jetty's is used again for other
 * clients.
 */
final class JettyStream extends HandedOverStream {

	private final EndPoint endPoint;

	/** The same, or what is below it with TLS. */
	private final SocketChannelEndPoint channel;

	private final ChannelSocket socket;

	JettyStream(Listener listener, SharedFrames frames, EndPoint endPoint, SocketChannelEndPoint channel) {
		super(listener, frames);
		this.endPoint = endPoint;
		this.channel = channel;
		this.socket = (endPoint != channel) ? new SslSocket(endPoint, channel.getChannel())
				: new ChannelSocket(channel.getChannel());
	}

	/** Return what Jetty is to open at the end of the request. */
	Connection asConnection(Connector connector) {
		return new StreamConnection(connector);
	}

	/** If the connection is not the stream's by now, it never will be. */
	void onRequestEnd() {
		if (getSocket() == null) {
			ended(null);
		}
	}

	@Override
	protected void awaitRoom(ByteBuffer rest) {
		this.endPoint.write(new Room(), rest);
	}

	/** Jetty writes what is left. */
	@Override
	protected void retry(ByteBuffer rest) {
		this.channel.getWriteFlusher().completeWrite();
	}

	@Override
	protected void disconnect() {
		this.socket.closeIfReset();
		this.endPoint.close();
	}

	/** The stream as Jetty sees it. */
	private final class StreamConnection extends AbstractConnection implements Connection.UpgradeTo {

		StreamConnection(Connector connector) {
			super(JettyStream.this.endPoint, connector.getExecutor());
			connector.getEventListeners().forEach(this::addEventListener);
		}

		@Override
		public void onOpen() {
			super.onOpen();
			// Until Jetty stops, which gives connections a moment then.
			getEndPoint().setIdleTimeout(0);
			goOnIf(open(JettyStream.this.socket));
		}

		/** Not counted, for those who ask when the connection ends. */
		@Override
		public long getMessagesIn() {
			return 0;
		}

		@Override
		public long getMessagesOut() {
			return 0;
		}

		@Override
		public long getBytesIn() {
			return 0;
		}

		@Override
		public long getBytesOut() {
			return 0;
		}

		/** What a client sends behind its request is dropped. */
		@Override
		public void onUpgradeTo(ByteBuffer input) {
			input.position(input.limit());
		}

		@Override
		public void onFillable() {
			read();
			goOnIf(isOpen());
		}

		private void goOnIf(boolean open) {
			if (open) {
				fillInterested();
			}
			else {
				close();
			}
		}

		/** Comes before {@link #onClose} where Jetty closes the connection. */
		@Override
		public void onFillInterestedFailed(@Nullable Throwable cause) {
			ended((cause instanceof ClosedChannelException) ? null : cause);
			close();
		}

		@Override
		public void onClose(@Nullable Throwable cause) {
			super.onClose(cause);
			ended(cause);
		}

	}

	/** Told when Jetty has written what the socket has not taken at once. */
	private final class Room implements Callback {

		@Override
		public void succeeded() {
			roomAgain(null);
		}

		@Override
		public void failed(Throwable failure) {
			roomAgain((failure instanceof IOException io) ? io : new IOException(failure));
		}

	}

}
