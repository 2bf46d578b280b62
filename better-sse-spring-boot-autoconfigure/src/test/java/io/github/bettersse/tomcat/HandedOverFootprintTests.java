package io.github.bettersse.tomcat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.bettersse.Channel;
import io.github.bettersse.ClassHistogram;
import io.github.bettersse.SessionOptions;
import io.github.bettersse.SseEngine;
import io.github.bettersse.event.DataSerializer;
import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.WebConnection;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.ActionCode;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the library keeps for an idle stream whose connection Tomcat has handed over: what
 * there is more than for a connection that is handed over to nothing. So what Tomcat and
 * the JDK keep for each connection is not counted.
 */
class HandedOverFootprintTests {

	private static final int CONNECTIONS = 1000;

	/** Measured: about 965, of which about 730 are the session's. */
	private static final int MAX_BYTES_KEPT = 1024;

	/**
	 * For each byte of headers most of which many clients have. Measured: about 0.2.
	 */
	private static final double MAX_BYTES_KEPT_OF_COMMON_HEADERS = 0.3;

	/**
	 * For each byte of headers that only one client has. Measured: about 0.8, since the
	 * names are known.
	 */
	private static final double MAX_BYTES_KEPT_OF_HEADERS = 1.0;

	private static final String REQUEST = "GET %s HTTP/1.1\r\nHost: www.example.com\r\n%s\r\n";

	/** What a browser says of itself, and another user with each request. */
	private static final String BROWSER = """
			Connection: keep-alive
			sec-ch-ua-platform: "Windows"
			Cache-Control: no-cache
			User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36
			Accept: text/event-stream
			sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"
			sec-ch-ua-mobile: ?0
			Sec-Fetch-Site: same-origin
			Sec-Fetch-Mode: cors
			Sec-Fetch-Dest: empty
			Referer: https://www.example.com/prices
			Accept-Encoding: gzip, deflate, br, zstd
			Accept-Language: en-US,en;q=0.9,de;q=0.8
			Cookie: JSESSIONID=%1$032X
			""".replace("\n", "\r\n");

	/** One that says what no other says. */
	private static final String STRANGER = BROWSER.replace("Chrome/140.0.0.0", "Chrome/%1$d");

	@TempDir
	Path directory;

	/** In a JVM of its own, where nothing else comes or goes meanwhile. */
	@Test
	void streamKeepsLittleMoreThanASessionAndWhatItsClientHasSaid() throws Exception {
		Process jvm = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), HandedOverFootprintTests.class.getName(),
				this.directory.toString())
			.redirectError(Redirect.DISCARD)
			.start();
		try (InputStream output = jvm.getInputStream()) {
			String[] bytes = new String(output.readAllBytes(), UTF_8).strip().split(" ");
			assertThat(bytes).hasSize(4);
			long bare = Long.parseLong(bytes[0]);
			assertThat(Long.parseLong(bytes[1]) - bare).isBetween(1L, (long) MAX_BYTES_KEPT);
			long text = BROWSER.formatted(0).length();
			assertThat(Long.parseLong(bytes[2]) - bare).isBetween(1L,
					(long) (MAX_BYTES_KEPT + MAX_BYTES_KEPT_OF_COMMON_HEADERS * text));
			assertThat(Long.parseLong(bytes[3]) - bare).isBetween(1L,
					(long) (MAX_BYTES_KEPT + MAX_BYTES_KEPT_OF_HEADERS * text));
		}
	}

	/**
	 * Tell how many bytes there are for each connection that is handed over to nothing,
	 * for each stream, for each stream of a browser, and for each stream of a stranger.
	 */
	public static void main(String[] args) throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		Semaphore opened = new Semaphore(0);
		try (SseEngine engine = SseEngine.builder()
			.serializer(DataSerializer.ofText(String::valueOf))
			.executor(executor)
			.deliveryThreads(1)
			.build()) {
			Tomcat tomcat = start(args[0], Map.of("/bare", new Bare(opened), "/stream", new Streams(engine, opened)));
			try {
				Clients clients = new Clients(tomcat.getConnector().getLocalPort(), opened);
				clients.open("/bare", "", 100);
				clients.open("/stream", BROWSER, 100);
				new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)
					.println(clients.bytes("/bare", "") + " " + clients.bytes("/stream", "") + " "
							+ clients.bytes("/stream", BROWSER) + " " + clients.bytes("/stream", STRANGER));
			}
			finally {
				tomcat.stop();
			}
		}
		finally {
			executor.shutdown();
		}
	}

	/** With one thread, so that Tomcat needs what it has for a request only once. */
	private static Tomcat start(String directory, Map<String, HttpServlet> servlets) throws LifecycleException {
		Tomcat tomcat = new Tomcat();
		tomcat.setSilent(true);
		tomcat.setBaseDir(directory);
		Connector connector = new Connector();
		connector.setPort(0);
		connector.setProperty("minSpareThreads", "1");
		connector.setProperty("maxThreads", "1");
		tomcat.setConnector(connector);
		Context context = tomcat.addContext("", directory);
		servlets.forEach((path, servlet) -> {
			Tomcat.addServlet(context, path, servlet).setAsyncSupported(true);
			context.addServletMappingDecoded(path, path);
		});
		tomcat.start();
		return tomcat;
	}

	/** Clients that stay, with what the server keeps for them. */
	private record Clients(List<SocketChannel> channels, int port, Semaphore opened) {

		Clients(int port, Semaphore opened) {
			this(new ArrayList<>(), port, opened);
		}

		/** Return how many bytes each more takes. */
		long bytes(String path, String headers) throws Exception {
			long before = ClassHistogram.take().total();
			open(path, headers, CONNECTIONS);
			return (ClassHistogram.take().total() - before) / CONNECTIONS;
		}

		void open(String path, String headers, int count) throws Exception {
			for (int i = 0; i < count; i++) {
				SocketChannel client = SocketChannel
					.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
				String request = REQUEST.formatted(path, headers.formatted(this.channels.size()));
				client.write(ByteBuffer.wrap(request.getBytes(UTF_8)));
				this.channels.add(client);
				assertThat(this.opened.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			}
		}

	}

	/** A stream of the library, registered with a channel. */
	private static final class Streams extends HttpServlet {

		private final transient ServletSessionFactory factory;

		private final transient Channel<Void, Object> news;

		private final transient SessionOptions<Object> options = SessionOptions.builder().build();

		private final transient Semaphore opened;

		Streams(SseEngine engine, Semaphore opened) {
			this.factory = new ServletSessionFactory(engine.getSessionFactory(), new TomcatConnectionAborter(),
					new TomcatConnectionHandOver(), List.of());
			this.news = engine.getChannelRegistry().channel("news");
			this.opened = opened;
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) {
			this.news.register(this.factory.open(request, response, this.options));
			this.opened.release();
		}

	}

	/** A connection that is handed over to what does nothing with it. */
	private static final class Bare extends HttpServlet {

		private final transient Semaphore opened;

		private final transient TomcatInternals internals;

		private final transient SocketBuffers buffers;

		Bare(Semaphore opened) throws ReflectiveOperationException {
			this.opened = opened;
			this.internals = new TomcatInternals();
			this.buffers = new SocketBuffers();
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.setHeader("Connection", "close");
			response.setContentType("text/event-stream");
			response.flushBuffer();
			this.internals.getRequest(request)
				.getCoyoteRequest()
				.action(ActionCode.UPGRADE,
						new UpgradeToken(new Nothing(this.buffers, this.opened), null, null, "nothing"));
		}

	}

	private static final class Nothing implements InternalHttpUpgradeHandler {

		private final SocketBuffers buffers;

		private final Semaphore opened;

		private SocketWrapperBase<?> wrapper;

		Nothing(SocketBuffers buffers, Semaphore opened) {
			this.buffers = buffers;
			this.opened = opened;
		}

		@Override
		public void init(WebConnection connection) {
			this.wrapper.getSocketBufferHandler().reset();
			this.buffers.release(this.wrapper.getSocketBufferHandler());
			this.opened.release();
		}

		@Override
		public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
			this.wrapper = wrapper;
		}

		@Override
		public SocketState upgradeDispatch(SocketEvent event) {
			return SocketState.UPGRADED;
		}

		@Override
		public void timeoutAsync(long now) {
		}

		@Override
		public void setSslSupport(SSLSupport sslSupport) {
		}

		@Override
		public void pause() {
		}

		@Override
		public void destroy() {
		}

	}

}
