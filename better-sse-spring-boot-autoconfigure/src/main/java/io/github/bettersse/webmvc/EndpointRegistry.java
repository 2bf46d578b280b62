package io.github.bettersse.webmvc;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.bettersse.SessionOptions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.web.method.HandlerMethod;

/**
 * All handler methods and the endpoints among them. Those that are there at start-up are
 * read then, others when they are first asked for.
 */
final class EndpointRegistry {

	private final EndpointOptionsReader options;

	private final StateFactoryResolver stateFactories;

	private final Map<Key, Optional<Endpoint>> endpoints = new ConcurrentHashMap<>();

	EndpointRegistry(ConfigurableListableBeanFactory beans) {
		this.options = new EndpointOptionsReader(beans);
		this.stateFactories = new StateFactoryResolver(beans);
	}

	/**
	 * Return the endpoint of a handler.
	 * @param handler any handler
	 * @return the endpoint, {@code null} if the handler is none
	 * @throws IllegalStateException if it is declared wrongly
	 */
	@Nullable Endpoint find(@Nullable Object handler) {
		if (!(handler instanceof HandlerMethod method)) {
			return null;
		}
		Key key = new Key(method.getBeanType(), method.getMethod());
		Optional<Endpoint> endpoint = this.endpoints.get(key);
		if (endpoint == null) {
			endpoint = Optional.ofNullable(method.getMethodAnnotation(SseEndpoint.class))
				.map((annotation) -> read(method, annotation));
			this.endpoints.put(key, endpoint);
		}
		return endpoint.orElse(null);
	}

	private Endpoint read(HandlerMethod method, SseEndpoint annotation) {
		try {
			EndpointDeclaration.check(method);
			SessionOptions<Object> options = this.options.read(method, annotation);
			EndpointDeclaration.checkState(method, options.getState());
			return new Endpoint(options, this.stateFactories.resolve(method),
					EndpointDeclaration.returnsSource(method));
		}
		catch (IllegalArgumentException | BeansException ex) {
			throw new IllegalStateException(
					"@SseEndpoint on %s: %s".formatted(method.getShortLogMessage(), ex.getMessage()), ex);
		}
	}

	private record Key(Class<?> beanType, Method method) {
	}

}
