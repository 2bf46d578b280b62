package io.github.bettersse.docs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Which handlers were called.
 */
class Calls implements WebMvcConfigurer, HandlerInterceptor {

	private final Set<String> handlers = ConcurrentHashMap.newKeySet();

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		this.handlers.add(handler.toString());
		return true;
	}

	Set<String> handlers() {
		return this.handlers;
	}

}
