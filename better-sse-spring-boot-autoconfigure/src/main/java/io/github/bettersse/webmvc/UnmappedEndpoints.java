package io.github.bettersse.webmvc;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Endpoints in classes that are no controllers: no request would ever come to them.
 */
final class UnmappedEndpoints {

	private final ConfigurableListableBeanFactory beans;

	private final Set<Class<?>> mapped;

	/**
	 * Create a check.
	 * @param beans all beans
	 * @param mapped the handler methods that requests come to
	 */
	UnmappedEndpoints(ConfigurableListableBeanFactory beans, Collection<HandlerMethod> mapped) {
		this.beans = beans;
		this.mapped = mapped.stream()
			.map((method) -> ClassUtils.getUserClass(method.getBeanType()))
			.collect(Collectors.toSet());
	}

	/**
	 * Check all beans, without creating any.
	 * @throws IllegalStateException if there is such a class, saying what to change
	 */
	void check() {
		for (String name : this.beans.getBeanDefinitionNames()) {
			Class<?> type = type(name);
			if (type != null) {
				check(name, type);
			}
		}
	}

	private @Nullable Class<?> type(String name) {
		if (this.beans.getBeanDefinition(name).isAbstract()) {
			return null;
		}
		Class<?> type = this.beans.getType(name, false);
		return (type != null) ? ClassUtils.getUserClass(type) : null;
	}

	private void check(String name, Class<?> type) {
		if (type.getName().startsWith("org.springframework.") || this.mapped.contains(type)
				|| AnnotatedElementUtils.hasAnnotation(type, Controller.class)) {
			return;
		}
		for (Method method : endpoints(type)) {
			throw new IllegalStateException("@SseEndpoint on %s#%s: the bean '%s' is no controller, so that no request "
				.formatted(type.getName(), method.getName(), name)
					+ "would ever come to it. Annotate its class with @RestController or @Controller");
		}
	}

	private static Set<Method> endpoints(Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type,
					(Method candidate) -> AnnotatedElementUtils.hasAnnotation(candidate, SseEndpoint.class));
		}
		catch (LinkageError ex) {
			// It refers to a class of an optional library, and is none of an application.
			return Set.of();
		}
	}

}
