package io.github.bettersse.autoconfigure.webmvc;

import io.github.bettersse.autoconfigure.servlet.BetterSseServletAutoConfiguration;
import io.github.bettersse.servlet.ServletSessionFactory;
import io.github.bettersse.webmvc.SseWebMvcConfigurer;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of event streams as handler methods.
 */
@AutoConfiguration(after = BetterSseServletAutoConfiguration.class)
@ConditionalOnClass(DispatcherServlet.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
public final class BetterSseWebMvcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SseWebMvcConfigurer sseWebMvcConfigurer(ServletSessionFactory sessionFactory,
			ConfigurableListableBeanFactory beanFactory) {
		return new SseWebMvcConfigurer(sessionFactory, beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean(name = "sseExceptionResolver")
	HandlerExceptionResolver sseExceptionResolver(SseWebMvcConfigurer configurer) {
		return configurer.getExceptionResolver();
	}

}
