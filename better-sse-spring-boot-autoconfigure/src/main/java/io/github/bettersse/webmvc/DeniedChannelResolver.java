package io.github.bettersse.webmvc;

import java.io.IOException;
import java.lang.System.Logger.Level;

import io.github.bettersse.ChannelDeniedException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers a request with 403 whose session may not be in a channel. The last resolver, so
 * that exception handlers of the application may have another answer.
 */
final class DeniedChannelResolver implements HandlerExceptionResolver {

	private static final System.Logger logger = System.getLogger(DeniedChannelResolver.class.getName());

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		// Spring MVC wraps what a functional endpoint throws.
		Throwable cause = (ex instanceof ServletException) ? ex.getCause() : ex;
		if (!(cause instanceof ChannelDeniedException)) {
			return null;
		}
		logger.log(Level.DEBUG, "A stream is refused: {0}", cause.getMessage());
		try {
			response.sendError(HttpServletResponse.SC_FORBIDDEN);
		}
		catch (IOException failure) {
			logger.log(Level.DEBUG, "The client has gone meanwhile", failure);
		}
		return new ModelAndView();
	}

}
