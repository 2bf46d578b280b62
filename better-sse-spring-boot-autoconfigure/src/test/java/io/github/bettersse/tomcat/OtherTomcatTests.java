package io.github.bettersse.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;

import io.github.bettersse.EventStreamClient;
import io.github.bettersse.LibraryLog;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.event.SseEvent;
import io.github.bettersse.servlet.ConnectionAborter;
import io.github.bettersse.servlet.ConnectionHandOver;
import io.github.bettersse.servlet.SseServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Tomcat that lacks something of what is needed: streams do without it, and one line in
 * the log says what they do without.
 */
class OtherTomcatTests {

	private static final String ASYNCHRONOUS = "prepared false, asynchronous";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.catalina.connector.RequestFacade", "org.apache.coyote.AbstractProcessor",
			"org.apache.coyote.http11.Http11Processor", "socketWrapper" })
	void withoutTheWayToTheConnectionStreamsAreAsynchronousAndNotCut(String missing) throws Exception {
		assertStreams(missing, "cut false, " + ASYNCHRONOUS,
				"event streams stay asynchronous requests, and the connection of one whose client does not read is "
						+ "kept until Tomcat's own time-out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.apache.coyote.UpgradeToken", "org.apache.tomcat.ContextBind",
			"org.apache.tomcat.util.net.NioEndpoint$Poller", "org.apache.tomcat.util.net.SocketBufferHandler" })
	void withoutTheUpgradeStreamsAreAsynchronous(String missing) throws Exception {
		assertStreams(missing, "cut true, " + ASYNCHRONOUS, "event streams stay asynchronous requests");
	}

	@Test
	void withoutAccessToTheBuffersStreamsAreHandedOver() throws Exception {
		assertStreams("readBuffer", "cut true, prepared true, handed over",
				"the buffers that it has for the connections of event streams are not freed");
	}

	private void assertStreams(String missing, String abilities, String consequence) throws Exception {
		ClassLoader loader = new LoaderWithout(missing);
		try (LibraryLog log = new LibraryLog()) {
			ConnectionAborter aborter = create(loader, ConnectionAborter.class, "TomcatConnectionAborter");
			ConnectionHandOver handOver = create(loader, ConnectionHandOver.class, "TomcatConnectionHandOver");
			assertThat(stream(aborter, handOver)).isEqualTo(abilities);
			String failure = missing.contains(".") ? "NoClassDefFoundError: " + missing.replace('.', '/')
					: "NoSuchFieldException: " + LoaderWithout.otherName(missing);
			assertThat(log.messages(Level.INFO))
				.containsExactly("This Tomcat is not built as expected (java.lang." + failure + "): " + consequence);
			assertThat(log.messages(Level.FINE))
				.contains("Where this Tomcat is not built as expected / java.lang." + failure);
		}
	}

	/** Return what was found out of a stream, and how it is held. */
	private String stream(ConnectionAborter aborter, ConnectionHandOver handOver) throws Exception {
		StringBuilder stream = new StringBuilder();
		try (SseServer server = SseServer.in(this.directory)
			.aborter(aborter)
			.handOver(handOver)
			.opener((factory, request, response) -> {
				stream.append("cut " + aborter.supports(request) + ", ");
				stream.append("prepared " + handOver.prepare(request, response) + ", ");
				return factory.open(request, response, SessionOptions.builder().noRetry().build());
			})
			.start()) {
			try (EventStreamClient client = EventStreamClient.connect(server.port(), "/")) {
				boolean chunked = client.readHead().contains("\nTransfer-Encoding: chunked\n");
				server.nextSession().push(SseEvent.raw("x").id("1")).close();
				assertThat(client.readRest()).isEqualTo("id: 1\ndata: x\n\n");
				stream.append(chunked ? "asynchronous" : "handed over");
			}
			server.assertNothingLeft();
		}
		return stream.toString();
	}

	private static <T> T create(ClassLoader loader, Class<T> type, String name) throws Exception {
		Class<?> created = loader.loadClass(OtherTomcatTests.class.getPackageName() + "." + name);
		assertThat(created.getClassLoader()).isSameAs(loader);
		return type.cast(created.getConstructor().newInstance());
	}

	/**
	 * Defines the classes of this package anew, so that they lack a class or look for a
	 * field by a name that it does not have.
	 */
	private static final class LoaderWithout extends ClassLoader {

		private final String missing;

		LoaderWithout(String missing) {
			super(OtherTomcatTests.class.getClassLoader());
			this.missing = missing;
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.equals(this.missing)) {
				throw new ClassNotFoundException(name);
			}
			if (!name.startsWith(OtherTomcatTests.class.getPackageName() + ".")) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		static String otherName(String name) {
			return name.substring(1) + "_";
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
				String code = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
				byte[] bytes = code.replace(this.missing, otherName(this.missing))
					.getBytes(StandardCharsets.ISO_8859_1);
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
