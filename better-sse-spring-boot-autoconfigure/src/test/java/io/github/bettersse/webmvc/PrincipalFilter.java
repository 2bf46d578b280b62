package io.github.bettersse.webmvc;

import java.io.IOException;
import java.security.Principal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates whomever the header {@code X-User} names.
 */
class PrincipalFilter extends HttpFilter {

	@Override
	protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		chain.doFilter(new HttpServletRequestWrapper(request) {
			@Override
			public @Nullable Principal getUserPrincipal() {
				String name = getHeader("X-User");
				return (name != null) ? () -> name : null;
			}
		}, response);
	}

}
