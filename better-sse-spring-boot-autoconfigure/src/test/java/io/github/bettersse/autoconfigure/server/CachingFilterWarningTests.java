package io.github.bettersse.autoconfigure.server;

import java.io.IOException;

import io.github.bettersse.Session;
import io.github.bettersse.autoconfigure.server.StartUpWarningTests.Container;
import io.github.bettersse.webmvc.SseEndpoint;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;
import org.springframework.web.util.ContentCachingResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator is warned of at the start of an application whose filters keep
 * responses to themselves, with a real web server.
 */
class CachingFilterWarningTests {

	@ParameterizedTest
	@EnumSource
	void filterThatIsABean(Container container) {
		assertThat(StartUpWarningTests.warnings(container, CachingBean.class)).singleElement()
			.asString()
			.endsWith(" The filter 'cachingFilter' (" + CachingFilter.class.getName() + ") uses a "
					+ "ContentCachingResponseWrapper and stands before the event streams /live/news, /rooms/x/events: "
					+ "what it wraps holds back every event until the stream ends. Keep it away from event streams by "
					+ "the URL patterns of its registration, or by shouldNotFilter of a OncePerRequestFilter.");
	}

	@ParameterizedTest
	@EnumSource
	void onlyOfTheStreamsBehindIt(Container container) {
		assertWarned(container, RegisteredForSome.class, "/live/news");
	}

	@Test
	void filterOfTheServletByItsName() {
		assertWarned(Container.TOMCAT, RegisteredForServlet.class, "/live/news, /rooms/x/events");
	}

	@Test
	void streamsBelowThePathOfTheServlet() {
		assertWarned(Container.TOMCAT, RegisteredForSome.class, "/live/live/news, /live/rooms/x/events",
				"--spring.mvc.servlet.path=/live");
	}

	@ParameterizedTest
	@EnumSource
	void notOfFiltersThatHarmNoStream(Container container) {
		assertThat(StartUpWarningTests.warnings(container, Harmless.class)).isEmpty();
	}

	@Test
	void notWithoutStreams() {
		assertThat(StartUpWarningTests.warnings(Container.TOMCAT, WithoutStreams.class)).isEmpty();
	}

	private static void assertWarned(Container container, Class<?> application, String streams, String... arguments) {
		assertThat(StartUpWarningTests.warnings(container, application, arguments)).singleElement()
			.asString()
			.contains("before the event streams " + streams + ": ");
	}

	private static FilterRegistrationBean<Filter> register(Filter filter, String... patterns) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
		registration.addUrlPatterns(patterns);
		return registration;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class CachingBean {

		@Bean
		CachingFilter cachingFilter() {
			return new CachingFilter();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class RegisteredForSome {

		@Bean
		FilterRegistrationBean<Filter> some() {
			return register(new DerivedFilter(), "/live/*", "*.json", "/rooms");
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class RegisteredForServlet {

		@Bean
		FilterRegistrationBean<Filter> some() {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new CachingFilter());
			registration.addServletNames("dispatcherServlet");
			return registration;
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Streams.class)
	static class Harmless {

		@Bean
		FilterRegistrationBean<Filter> mappedElsewhere() {
			return register(new CachingFilter(), "/api/*", "/livelier/*", "*.json", "/rooms");
		}

		@Bean
		FilterRegistrationBean<Filter> switchedOff() {
			FilterRegistrationBean<Filter> registration = register(new CachingFilter(), "/*");
			registration.setEnabled(false);
			return registration;
		}

		@Bean
		ShallowEtagHeaderFilter etag() {
			return new ShallowEtagHeaderFilter();
		}

		@Bean
		FilterRegistrationBean<Filter> etagOfTheApplication() {
			return register(new ShallowEtagHeaderFilter() {
			}, "/*");
		}

		@Bean
		ChoosyFilter choosy() {
			return new ChoosyFilter();
		}

		@Bean
		FilterRegistrationBean<Filter> requestsOnly() {
			return register(new RequestCachingFilter(), "/*");
		}

		@Bean
		FilterRegistrationBean<Filter> expression() {
			return register((request, response, chain) -> chain.doFilter(request, response), "/*");
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WithoutStreams {

		@Bean
		CachingFilter cachingFilter() {
			return new CachingFilter();
		}

	}

	@RestController
	static class Streams {

		@SseEndpoint("/live/news")
		void news(Session<?> session) {
		}

		@SseEndpoint("/rooms/{room}/events")
		void room(Session<?> session) {
		}

		@GetMapping("/api/data")
		String data() {
			return "data";
		}

	}

	static class CachingFilter extends HttpFilter {

		@Override
		protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			wrapper.copyBodyToResponse();
		}

	}

	static class DerivedFilter extends CachingFilter {

	}

	/** What the documentation recommends. */
	static class ChoosyFilter extends OncePerRequestFilter {

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return request.getRequestURI().startsWith("/live") || request.getRequestURI().startsWith("/rooms");
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			wrapper.copyBodyToResponse();
		}

	}

	static class RequestCachingFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(new ContentCachingRequestWrapper(request, 100), response);
		}

	}

}
