package io.github.bettersse.webmvc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.bettersse.servlet.ServletSessionFactory;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.util.Assert;
import org.springframework.web.accept.ContentNegotiationManager;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Teaches Spring MVC {@link SseEndpoint}. At start-up it reads all endpoints, fails if
 * one is declared wrongly, and warns of filters that would hold their events back. Goes
 * with the {@link HandlerExceptionResolver} that {@link #getExceptionResolver()} returns,
 * which must be a bean too.
 */
public final class SseWebMvcConfigurer implements WebMvcConfigurer, SmartInitializingSingleton, Ordered {

	private final ConfigurableListableBeanFactory beans;

	private final EndpointRegistry endpoints;

	private final EndpointInterceptor interceptor;

	private final EndpointExceptionResolver exceptionResolver;

	/**
	 * Create a configurer.
	 * @param sessionFactory opens the sessions
	 * @param beans where handler mappings and what endpoints refer to are found
	 */
	public SseWebMvcConfigurer(ServletSessionFactory sessionFactory, ConfigurableListableBeanFactory beans) {
		this.beans = beans;
		this.endpoints = new EndpointRegistry(beans);
		this.interceptor = new EndpointInterceptor(this.endpoints, sessionFactory);
		this.exceptionResolver = new EndpointExceptionResolver(this.endpoints);
	}

	/**
	 * Return what keeps exceptions of a stream that has begun away from other resolvers.
	 * @return the resolver, of highest precedence
	 */
	public HandlerExceptionResolver getExceptionResolver() {
		return this.exceptionResolver;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this.interceptor).order(Ordered.LOWEST_PRECEDENCE);
	}

	@Override
	public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
		resolvers.add(new SessionArgumentResolver());
	}

	@Override
	public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
		resolvers.add(new DeniedChannelResolver());
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.beans.getBeanProvider(ContentNegotiationManager.class)
			.forEach((manager) -> manager.getStrategies().add(0, new OrdinaryAnswerNegotiation()));
		this.beans.getBeanProvider(RequestMappingHandlerAdapter.class).forEach(this::addReturnValueHandler);
		List<HandlerMethod> mapped = new ArrayList<>();
		Set<String> patterns = new HashSet<>();
		this.beans.getBeanProvider(RequestMappingHandlerMapping.class)
			.forEach((mapping) -> mapping.getHandlerMethods().forEach((info, method) -> {
				mapped.add(method);
				if (this.endpoints.find(method) != null) {
					patterns.addAll(info.getPatternValues());
				}
			}));
		new UnmappedEndpoints(this.beans, mapped).check();
		this.beans.getBeanProvider(ServletContext.class)
			.ifAvailable((context) -> new CachingFilters(context, this.beans.getBeanClassLoader()).check(patterns));
	}

	/**
	 * Before those of Spring MVC, one of which takes all that a REST controller returns.
	 */
	private void addReturnValueHandler(RequestMappingHandlerAdapter adapter) {
		List<HandlerMethodReturnValueHandler> others = adapter.getReturnValueHandlers();
		Assert.state(others != null, "The handler adapter is not initialised");
		List<HandlerMethodReturnValueHandler> all = new ArrayList<>(others);
		all.add(0, new EndpointReturnValueHandler(others));
		adapter.setReturnValueHandlers(all);
	}

}
