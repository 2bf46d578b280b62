package io.github.bettersse.webmvc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How the browser client is served, on a real port.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.compression.enabled=true")
class ClientScriptTests {

	private static final int SIX_KILOBYTES = 6000;

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private ClientScript script;

	@Test
	void browserAsksWhetherTheScriptHasChanged() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/better-sse/client.js");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(header(response, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
		assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
		String etag = header(response, "ETag");
		assertThat(etag).matches("W/\"[0-9a-f]{32}\"");
		HttpResponse<byte[]> again = send("GET", "/better-sse/client.js", "If-None-Match", etag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(header(again, "ETag")).isEqualTo(etag);
		assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
	}

	@Test
	void browserKeepsAVersionForAYear() throws Exception {
		assertThat(this.script.getPath()).isEqualTo("/better-sse/client.js");
		assertThat(this.script.getVersionedPath()).matches("/better-sse/client-[0-9a-f]{32}\\.js");
		HttpResponse<byte[]> response = send("GET", this.script.getVersionedPath());
		assertThat(response.body()).isEqualTo(script());
		assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
		assertThat(this.script.getVersionedPath())
			.contains(header(response, "ETag").replace("W/\"", "").replace("\"", ""));
	}

	@Test
	void anotherVersionIsThisOneButIsNotKept() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/better-sse/client-0123456789abcdef0123456789abcdef.js");
		assertThat(response.body()).isEqualTo(script());
		assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
	}

	@Test
	void typesAreBesideIt() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/better-sse/client.d.ts");
		assertThat(header(response, "Content-Type")).isEqualTo("text/plain;charset=UTF-8");
		assertThat(new String(response.body())).contains("export function connect<");
	}

	@ParameterizedTest
	@ValueSource(strings = { "js", "d.ts" })
	void theWebJarHasTheSame(String extension) throws Exception {
		assertThat(send("GET", "/webjars/better-sse/client." + extension).body())
			.isEqualTo(send("GET", "/better-sse/client." + extension).body());
	}

	@Test
	void headHasNoBodyAndNothingElseIsAllowed() throws Exception {
		HttpResponse<byte[]> head = send("HEAD", "/better-sse/client.js");
		assertThat(head.statusCode()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
		assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(script().length));
		assertThat(send("POST", "/better-sse/client.js").statusCode()).isEqualTo(405);
	}

	@Test
	void itHasUnderSixKilobytesCompressed() throws Exception {
		HttpResponse<byte[]> response = send("GET", "/better-sse/client.js", "Accept-Encoding", "gzip");
		assertThat(header(response, "Content-Encoding")).isEqualTo("gzip");
		assertThat(response.body()).hasSizeLessThan(SIX_KILOBYTES);
		try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
			assertThat(content.readAllBytes()).isEqualTo(script());
		}
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(script());
		}
		assertThat(compressed.size()).isLessThan(SIX_KILOBYTES);
	}

	@Test
	void itIsReadableAndNeedsNothingElse() throws Exception {
		String source = new String(script());
		assertThat(source.lines()).filteredOn((line) -> line.startsWith("export ")).hasSize(2);
		assertThat(source).doesNotContainPattern("(?m)^import |\\bimport\\(|\\brequire\\(")
			.contains("/** Open a stream. */");
		assertThat(source.lines()).allMatch((line) -> line.length() < 140);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "client.js", "/client", "/client.mjs", "/a//b.js", "/*.js", "/{name}.js", "/a b.js" })
	void otherPathsAreRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientScript(path))
			.withMessage("must be a path such as /better-sse/client.js, of letters, digits and any of .~_-");
	}

	private byte[] script() throws Exception {
		return send("GET", "/better-sse/client.js").body();
	}

	private HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		Stream.of(headers).findAny().ifPresent((any) -> request.headers(headers));
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	private static String header(HttpResponse<?> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
