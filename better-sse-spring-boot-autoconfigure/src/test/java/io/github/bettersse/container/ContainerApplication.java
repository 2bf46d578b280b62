package io.github.bettersse.container;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jetty.JettyServerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application that runs in all containers.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Streams.class)
class ContainerApplication {

	@Bean
	ErrorDispatches errorDispatches() {
		return new ErrorDispatches();
	}

	@Bean
	FilterRegistrationBean<ErrorDispatches> errorDispatchesRegistration(ErrorDispatches errorDispatches) {
		FilterRegistrationBean<ErrorDispatches> registration = new FilterRegistrationBean<>(errorDispatches);
		registration.setDispatcherTypes(EnumSet.of(DispatcherType.ERROR));
		return registration;
	}

	@Bean
	ActiveRequests activeRequests() {
		return new ActiveRequests();
	}

	@Bean
	JettyServerCustomizer countingActiveRequests(ActiveRequests activeRequests) {
		return activeRequests::countOf;
	}

	/** What a stream does not end by must not end it. */
	@Bean
	WebServerFactoryCustomizer<TomcatServletWebServerFactory> shortAsyncTimeout() {
		return (factory) -> factory.addConnectorCustomizers((connector) -> connector.setAsyncTimeout(1));
	}

}
