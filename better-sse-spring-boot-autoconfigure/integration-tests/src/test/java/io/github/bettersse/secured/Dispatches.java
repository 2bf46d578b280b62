package io.github.bettersse.secured;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * Counts what is dispatched once more.
 */
class Dispatches implements Filter {

	private final AtomicInteger count = new AtomicInteger();

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		this.count.incrementAndGet();
		chain.doFilter(request, response);
	}

	int count() {
		return this.count.get();
	}

}
