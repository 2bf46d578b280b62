package io.github.bettersse.webmvc;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;

import io.github.bettersse.Session;
import io.github.bettersse.SessionStateFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Finds what makes the initial state of an endpoint's sessions: a bean by its generic
 * type, else a public constructor without arguments.
 */
final class StateFactoryResolver {

	private final BeanFactory beans;

	StateFactoryResolver(BeanFactory beans) {
		this.beans = beans;
	}

	@Nullable SessionStateFactory<Object> resolve(HandlerMethod method) {
		for (MethodParameter parameter : method.getMethodParameters()) {
			if (parameter.getParameterType() == Session.class) {
				ResolvableType state = ResolvableType.forMethodParameter(parameter).getGeneric(0);
				Class<?> type = state.resolve(Object.class);
				return (type != Object.class && type != Void.class) ? resolve(state, type) : null;
			}
		}
		return null;
	}

	private @Nullable SessionStateFactory<Object> resolve(ResolvableType state, Class<?> type) {
		SessionStateFactory<Object> bean = this.beans
			.<SessionStateFactory<Object>>getBeanProvider(
					ResolvableType.forClassWithGenerics(SessionStateFactory.class, state))
			.getIfAvailable();
		if (bean != null) {
			return bean;
		}
		Constructor<?> constructor = ClassUtils.getConstructorIfAvailable(type);
		if (constructor == null || Modifier.isAbstract(type.getModifiers())) {
			return null;
		}
		return (handshake) -> BeanUtils.instantiateClass(constructor);
	}

}
