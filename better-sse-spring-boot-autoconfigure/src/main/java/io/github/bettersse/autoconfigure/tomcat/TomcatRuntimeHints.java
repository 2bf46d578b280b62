package io.github.bettersse.autoconfigure.tomcat;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Lets a native image reach what connections are cut and handed over by.
 */
final class TomcatRuntimeHints implements RuntimeHintsRegistrar {

	private static final String SOCKET = "org.apache.tomcat.util.net.NioEndpoint$NioSocketWrapper";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		registerField(hints, "org.apache.catalina.connector.RequestFacade", "request");
		registerField(hints, "org.apache.coyote.Request", "hook");
		registerField(hints, "org.apache.coyote.AbstractProcessor", "socketWrapper");
		registerField(hints, "org.apache.coyote.http2.StreamProcessor", "processLock");
		registerField(hints, "org.apache.tomcat.util.net.SocketBufferHandler", "readBuffer");
		registerField(hints, "org.apache.tomcat.util.net.SocketBufferHandler", "writeBuffer");
		registerMethod(hints, "org.apache.tomcat.util.net.NioChannel", "getIOChannel");
		registerMethod(hints, SOCKET, "registerWriteInterest");
		registerMethod(hints, "org.apache.tomcat.util.net.SocketWrapperBase", "processSocket",
				"org.apache.tomcat.util.net.SocketEvent", "boolean");
		registerMethod(hints, SOCKET, "getPoller");
		registerMethod(hints, "org.apache.tomcat.util.net.NioEndpoint$Poller", "getSelector");
		registerMethod(hints, "org.apache.tomcat.util.net.SocketWrapperBase", "getSocketBufferHandler");
		registerMethod(hints, "org.apache.tomcat.util.net.SocketBufferHandler", "reset");
		hints.reflection()
			.registerTypeIfPresent(classLoader, "org.apache.coyote.UpgradeToken",
					MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
			.registerTypeIfPresent(classLoader, "org.apache.tomcat.util.net.SocketProperties",
					MemberCategory.INVOKE_PUBLIC_METHODS);
	}

	private static void registerField(RuntimeHints hints, String type, String name) {
		hints.reflection().registerType(TypeReference.of(type), (hint) -> hint.withField(name));
	}

	private static void registerMethod(RuntimeHints hints, String type, String name, String... parameterTypes) {
		List<TypeReference> parameters = Stream.of(parameterTypes).map(TypeReference::of).toList();
		hints.reflection()
			.registerType(TypeReference.of(type), (hint) -> hint.withMethod(name, parameters, ExecutableMode.INVOKE));
	}

}
