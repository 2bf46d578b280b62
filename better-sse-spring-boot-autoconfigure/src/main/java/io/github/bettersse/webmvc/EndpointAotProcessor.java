package io.github.bettersse.webmvc;

import java.lang.reflect.Method;
import java.util.Set;

import io.github.bettersse.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Tells ahead of time what is found by reflection because of endpoints: the constructors
 * of session states, and what states and returned items are serialised by. What a handler
 * pushes cannot be known from its declaration.
 */
final class EndpointAotProcessor implements BeanRegistrationAotProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		Class<?> type = registeredBean.getBeanClass();
		Set<Method> endpoints = MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, SseEndpoint.class));
		return endpoints.isEmpty() ? null
				: (context, code) -> endpoints.forEach((method) -> register(method, type, context.getRuntimeHints()));
	}

	private void register(Method method, Class<?> type, RuntimeHints hints) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			ResolvableType parameter = ResolvableType
				.forMethodParameter(new MethodParameter(method, i).withContainingClass(type));
			if (parameter.toClass() == Session.class) {
				registerState(parameter.getGeneric(0).resolve(Object.class), hints.reflection());
			}
		}
		ResolvableType returned = ResolvableType.forMethodReturnType(method, type);
		if (returned.toClass() != void.class) {
			this.binding.registerReflectionHints(hints.reflection(), returned.getType());
		}
	}

	private void registerState(Class<?> state, ReflectionHints hints) {
		if (state != Object.class && state != Void.class) {
			hints.registerType(state, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS);
			this.binding.registerReflectionHints(hints, state);
		}
	}

}
