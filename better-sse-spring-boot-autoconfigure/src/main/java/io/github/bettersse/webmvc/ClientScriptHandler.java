package io.github.bettersse.webmvc;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.support.WebContentGenerator;

/**
 * Serves bytes that do not change while the application runs.
 */
class ClientScriptHandler extends WebContentGenerator implements HttpRequestHandler {

	private final String type;

	private final byte[] content;

	private final String etag;

	ClientScriptHandler(String type, byte[] content, String etag, CacheControl cacheControl) {
		super(METHOD_GET, METHOD_HEAD);
		setCacheControl(cacheControl);
		this.type = type;
		this.content = content;
		this.etag = etag;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		checkRequest(request);
		prepareResponse(response);
		if (new ServletWebRequest(request, response).checkNotModified(this.etag)) {
			return;
		}
		response.setContentType(this.type);
		response.setContentLength(this.content.length);
		if (HttpMethod.GET.matches(request.getMethod())) {
			response.getOutputStream().write(this.content);
		}
	}

}
