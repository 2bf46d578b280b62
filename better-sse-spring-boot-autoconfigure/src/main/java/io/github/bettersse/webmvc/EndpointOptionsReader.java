package io.github.bettersse.webmvc;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.bettersse.SessionOptions;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.util.MultiValueMapAdapter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Makes session options of the attributes of {@link SseEndpoint}.
 */
final class EndpointOptionsReader {

	private final ConfigurableBeanFactory beans;

	EndpointOptionsReader(ConfigurableBeanFactory beans) {
		this.beans = beans;
	}

	SessionOptions<Object> read(HandlerMethod method, SseEndpoint endpoint) {
		SessionOptions.Builder<Object> options = base(endpoint.options()).toBuilder();
		ifText("keepAlive", endpoint.keepAlive(), (text) -> options.keepAlive(duration(text)));
		ifText("retry", endpoint.retry(), (text) -> options.retry(duration(text)));
		ifText("retryJitter", endpoint.retryJitter(), (text) -> options.retryJitter(duration(text)));
		headers(endpoint.headers()).forEach((name, values) -> attribute("headers", name,
				(header) -> options.header(header, values.toArray(String[]::new))));
		ResponseStatus annotated = method.getMethodAnnotation(ResponseStatus.class);
		int status = (endpoint.status() != 0 || annotated == null) ? endpoint.status() : annotated.code().value();
		if (status != 0) {
			attribute("status", String.valueOf(status), (text) -> options.status(status));
		}
		return options.build();
	}

	@SuppressWarnings("unchecked")
	private SessionOptions<Object> base(String beanName) {
		String name = resolve(beanName);
		if (!StringUtils.hasText(name)) {
			return SessionOptions.builder().build();
		}
		try {
			return this.beans.getBean(name, SessionOptions.class);
		}
		catch (BeansException ex) {
			throw new IllegalArgumentException("options: '%s' is no bean of type SessionOptions".formatted(name), ex);
		}
	}

	private MultiValueMap<String, String> headers(String[] lines) {
		Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		MultiValueMap<String, String> result = new MultiValueMapAdapter<>(headers);
		for (String line : lines) {
			String header = resolve(line);
			int colon = header.indexOf(':');
			if (colon < 1) {
				throw new IllegalArgumentException(
						"headers: '%s' is not of the form 'Name: value', or 'Name:' to remove a header"
							.formatted(header));
			}
			String value = header.substring(colon + 1).strip();
			result.addAll(header.substring(0, colon).strip(), value.isEmpty() ? List.of() : List.of(value));
		}
		return result;
	}

	private void ifText(String attribute, String value, Consumer<String> action) {
		String resolved = resolve(value);
		if (StringUtils.hasText(resolved)) {
			attribute(attribute, resolved, action);
		}
	}

	private void attribute(String attribute, String value, Consumer<String> action) {
		try {
			action.accept(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"%s: '%s' is not allowed, %s".formatted(attribute, value, ex.getMessage()), ex);
		}
	}

	private Duration duration(String text) {
		try {
			return DurationFormatterUtils.detectAndParse(text.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("write a duration such as 500ms, 10s or 2m", ex);
		}
	}

	private String resolve(String text) {
		String resolved = this.beans.resolveEmbeddedValue(text);
		return (resolved != null) ? resolved : "";
	}

}
