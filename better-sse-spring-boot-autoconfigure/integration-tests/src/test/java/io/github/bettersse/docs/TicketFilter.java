package io.github.bettersse.docs;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

class TicketFilter extends OncePerRequestFilter {

	private final Tickets tickets;

	TicketFilter(Tickets tickets) {
		this.tickets = tickets;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String ticket = request.getParameter("ticket");
		if (ticket != null) {
			this.tickets.redeem(ticket).ifPresent(TicketFilter::authenticate);
		}
		chain.doFilter(request, response);
	}

	private static void authenticate(Authentication owner) {
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(owner);
		SecurityContextHolder.setContext(context);
	}

}
