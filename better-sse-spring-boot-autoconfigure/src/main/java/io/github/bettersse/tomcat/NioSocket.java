package io.github.bettersse.tomcat;

import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import io.github.bettersse.servlet.ChannelSocket;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Input and output of one connection of Tomcat, past the buffers that Tomcat has for it.
 */
class NioSocket extends ChannelSocket {

	NioSocket(SocketChannel channel) {
		super(channel);
	}

	static NioSocket of(NioSocketWrapper wrapper) {
		NioChannel channel = wrapper.getSocket();
		return (channel instanceof SecureNioChannel secure) ? new TlsSocket(wrapper, secure)
				: new NioSocket(channel.getIOChannel());
	}

	/**
	 * Look for what the stream will call.
	 * @throws ReflectiveOperationException if this Tomcat has another shape
	 */
	static void requireMethods() throws ReflectiveOperationException {
		NioChannel.class.getMethod("getIOChannel");
		NioSocketWrapper.class.getMethod("registerWriteInterest");
		SocketWrapperBase.class.getMethod("processSocket", SocketEvent.class, boolean.class);
		NioSocketWrapper.class.getMethod("getPoller");
		Poller.class.getMethod("getSelector");
		SocketWrapperBase.class.getMethod("getSocketBufferHandler");
		SocketBufferHandler.class.getMethod("reset");
	}

	/** Tomcat is about to close the connection. */
	void beforeClose(Selector selector) {
		if (closeIfReset()) {
			// The JDK keeps it open until the selector has let it go.
			selector.wakeup();
		}
	}

}
