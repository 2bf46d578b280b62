package io.github.bettersse.webmvc;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Registration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Filters that would keep event streams to themselves until they end, as far as their
 * classes tell: one that refers to {@link ContentCachingResponseWrapper} and leaves no
 * request out by {@code shouldNotFilter}. Spring's own filter for ETags lets streams
 * pass. What cannot be seen here is noticed with the first stream.
 */
final class CachingFilters {

	private static final System.Logger logger = System.getLogger(CachingFilters.class.getName());

	private static final String WRAPPER = ClassUtils
		.convertClassNameToResourcePath(ContentCachingResponseWrapper.class.getName());

	private final ServletContext context;

	private final @Nullable ClassLoader classLoader;

	CachingFilters(ServletContext context, @Nullable ClassLoader classLoader) {
		this.context = context;
		this.classLoader = classLoader;
	}

	/**
	 * Warn of each filter that stands before one of some endpoints.
	 * @param patterns the patterns of the endpoints, below the servlet
	 */
	void check(Collection<String> patterns) {
		try {
			List<String> paths = patterns.stream().flatMap(this::paths).distinct().sorted().toList();
			this.context.getFilterRegistrations().values().forEach((filter) -> check(filter, paths));
		}
		catch (UnsupportedOperationException ex) {
			// A container need not tell of its filters to whom code has registered.
		}
	}

	private void check(FilterRegistration filter, List<String> paths) {
		List<String> behind = paths.stream().filter((path) -> isBefore(filter, path)).toList();
		if (!behind.isEmpty() && isCaching(filter.getClassName())) {
			logger.log(Level.WARNING, () -> "The filter '" + filter.getName() + "' (" + filter.getClassName()
					+ ") uses a ContentCachingResponseWrapper and stands before the event streams "
					+ String.join(", ", behind) + ": what it wraps holds back every event until the stream ends. Keep "
					+ "it away from event streams by the URL patterns of its registration, or by shouldNotFilter of a "
					+ "OncePerRequestFilter.");
		}
	}

	/** Return a path that the pattern of an endpoint stands for, by servlet. */
	private Stream<String> paths(String pattern) {
		String path = pattern.replaceAll("\\{[^/]*}|\\*+|\\?", "x");
		return this.context.getServletRegistrations()
			.values()
			.stream()
			.filter((servlet) -> DispatcherServlet.class.getName().equals(servlet.getClassName()))
			.map(ServletRegistration::getMappings)
			.flatMap(Collection::stream)
			.map((mapping) -> mapping.endsWith("/*") ? mapping.substring(0, mapping.length() - 2) + path : path);
	}

	private boolean isBefore(FilterRegistration filter, String path) {
		return filter.getUrlPatternMappings().stream().anyMatch((pattern) -> matches(pattern, path))
				|| filter.getServletNameMappings().stream().anyMatch(this::isDispatcher);
	}

	/** As the Servlet specification says, 12.2. */
	private static boolean matches(String pattern, String path) {
		if (pattern.endsWith("/*")) {
			return (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
		}
		return pattern.startsWith("*.") ? path.endsWith(pattern.substring(1)) : path.equals(pattern);
	}

	private boolean isDispatcher(String servlet) {
		Map<String, ? extends Registration> servlets = this.context.getServletRegistrations();
		return "*".equals(servlet) || (servlets.containsKey(servlet)
				&& DispatcherServlet.class.getName().equals(servlets.get(servlet).getClassName()));
	}

	private boolean isCaching(@Nullable String className) {
		try {
			return className != null
					&& isCaching(ClassUtils.getUserClass(ClassUtils.forName(className, this.classLoader)));
		}
		catch (ClassNotFoundException | LinkageError | IOException ex) {
			return false; // Nothing can be said of it, as of that of a lambda expression.
		}
	}

	private static boolean isCaching(Class<?> filter) throws IOException {
		Method condition = ReflectionUtils.findMethod(filter, "shouldNotFilter", HttpServletRequest.class);
		if (condition != null && condition.getDeclaringClass() != OncePerRequestFilter.class) {
			return false;
		}
		for (Class<?> type = filter; type != null && !isOfSpring(type); type = type.getSuperclass()) {
			if (refersToWrapper(type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOfSpring(Class<?> type) {
		return type.getName().startsWith("org.springframework.");
	}

	/**
	 * Look for the name of the wrapper among the constants of a class, and of those in
	 * it.
	 */
	private static boolean refersToWrapper(Class<?> type) throws IOException {
		try (InputStream file = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
			if (file != null && new String(file.readAllBytes(), StandardCharsets.ISO_8859_1).contains(WRAPPER)) {
				return true;
			}
		}
		for (Class<?> inner : type.getDeclaredClasses()) {
			if (refersToWrapper(inner)) {
				return true;
			}
		}
		return false;
	}

}
