package io.github.bettersse.tomcat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;

import org.apache.coyote.UpgradeToken;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.NioEndpoint.Poller;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProperties;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.ReflectionHintsPredicates;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a native image needs for the steps from a request to its connection.
 */
class TomcatRuntimeHintsTests {

	private static final ReflectionHintsPredicates REFLECTION = RuntimeHintsPredicates.reflection();

	private final RuntimeHints hints = new RuntimeHints();

	TomcatRuntimeHintsTests() {
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.github.bettersse."))
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@Test
	void everyFieldThatIsReadOrSetIsThere() throws Exception {
		Stream<Object> owners = Stream.of(new TomcatInternals(), new SocketBuffers());
		assertThat(owners.flatMap(TomcatRuntimeHintsTests::fields)).hasSize(6)
			.allSatisfy((field) -> assertThat(REFLECTION.onFieldAccess(field)).accepts(this.hints));
	}

	private static Stream<Field> fields(Object owner) {
		return Arrays.stream(owner.getClass().getDeclaredFields())
			.filter((field) -> field.getType() == Field.class)
			.map((field) -> {
				try {
					field.setAccessible(true);
					return (Field) field.get(owner);
				}
				catch (IllegalAccessException ex) {
					throw new IllegalStateException(ex);
				}
			});
	}

	@Test
	void everyMethodThatIsLookedForIsThere() throws Exception {
		NioSocket.requireMethods();
		assertThat(Stream.of(NioChannel.class.getMethod("getIOChannel"),
				NioSocketWrapper.class.getMethod("registerWriteInterest"),
				SocketWrapperBase.class.getMethod("processSocket", SocketEvent.class, boolean.class),
				NioSocketWrapper.class.getMethod("getPoller"), Poller.class.getMethod("getSelector"),
				SocketWrapperBase.class.getMethod("getSocketBufferHandler"),
				SocketBufferHandler.class.getMethod("reset"),
				SocketProperties.class.getMethod("setAppReadBufSize", int.class)))
			.allSatisfy((method) -> assertThat(REFLECTION.onMethodInvocation(method)).accepts(this.hints));
		assertThat(REFLECTION.onConstructorInvocation(UpgradeToken.class.getConstructors()[0])).accepts(this.hints);
	}

}
