package io.github.bettersse.webmvc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.util.Assert;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * The browser client, an ES module of one file, and where it is served. Immutable,
 * thread-safe.
 * <p>
 * At its path a browser asks every time whether it has changed; at its versioned path it
 * keeps it for a year. The declarations for TypeScript are beside it.
 */
public final class ClientScript {

	private static final Pattern PATH = Pattern.compile("(/[\\w.~-]+)+\\.js");

	private static final String LOCATION = "META-INF/resources/webjars/better-sse/client";

	private static final CacheControl REVALIDATED = CacheControl.noCache();

	private static final CacheControl KEPT = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final String path;

	private final String base;

	private final byte[] script = read(".js");

	private final String version = DigestUtils.md5DigestAsHex(this.script);

	/**
	 * Create a script.
	 * @param path the path in the application: segments of letters, digits and any of
	 * {@code .~_-}, the last of which ends in {@code .js}
	 * @throws IllegalArgumentException if the path is none of that kind
	 */
	public ClientScript(String path) {
		Assert.isTrue(PATH.matcher(path).matches(),
				"must be a path such as /better-sse/client.js, of letters, digits and any of .~_-");
		this.path = path;
		this.base = path.substring(0, path.length() - ".js".length());
	}

	/**
	 * Return where the script is, whichever version it has.
	 * @return a path in the application, without its context path
	 */
	public String getPath() {
		return this.path;
	}

	/**
	 * Return where this version of the script is, for pages that are rendered on the
	 * server.
	 * @return a path in the application, without its context path, that changes with the
	 * content of the script
	 */
	public String getVersionedPath() {
		return this.base + "-" + this.version + ".js";
	}

	/**
	 * Return what serves the script, behind the application's own controllers.
	 * @return a mapping that has to be a bean
	 */
	public HandlerMapping newHandlerMapping() {
		ClientScriptHandler latest = handler("text/javascript;charset=UTF-8", this.script, REVALIDATED);
		byte[] types = read(".d.ts");
		Map<String, ClientScriptHandler> handlers = new LinkedHashMap<>();
		handlers.put(this.path, latest);
		handlers.put(getVersionedPath(), handler("text/javascript;charset=UTF-8", this.script, KEPT));
		// While a new version is rolled out, a page of one server may ask another.
		handlers.put(this.base + "-{version:[0-9a-f]{32}}.js", latest);
		handlers.put(this.base + ".d.ts", handler("text/plain;charset=UTF-8", types, REVALIDATED));
		return new SimpleUrlHandlerMapping(handlers, Ordered.LOWEST_PRECEDENCE - 2);
	}

	private static ClientScriptHandler handler(String type, byte[] content, CacheControl cacheControl) {
		// Weak, since Tomcat does not compress what has a strong one
		return new ClientScriptHandler(type, content, "W/\"" + DigestUtils.md5DigestAsHex(content) + "\"",
				cacheControl);
	}

	private static byte[] read(String extension) {
		try {
			return new ClassPathResource(LOCATION + extension, ClientScript.class.getClassLoader())
				.getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
