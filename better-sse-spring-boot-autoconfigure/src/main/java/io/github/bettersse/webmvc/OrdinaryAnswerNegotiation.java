package io.github.bettersse.webmvc;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.context.request.NativeWebRequest;

/**
 * Lets a client that accepts nothing but event streams, as an {@code EventSource} does,
 * have an error with a body of any type. Otherwise Spring MVC fails to write the body and
 * answers 500, or 406, in place of the error's own status.
 */
final class OrdinaryAnswerNegotiation implements ContentNegotiationStrategy {

	/** Not exactly the wildcard, which stands for the absence of an answer. */
	private static final List<MediaType> ANYTHING = List.of(new MediaType("*", "*", 0.9));

	private final ContentNegotiationStrategy accept = new HeaderContentNegotiationStrategy();

	@Override
	public List<MediaType> resolveMediaTypes(NativeWebRequest webRequest) throws HttpMediaTypeNotAcceptableException {
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		return (request != null && EndpointCall.isOrdinaryAnswerExpected(request) && acceptsOnlyEventStream(webRequest))
				? ANYTHING : MEDIA_TYPE_ALL_LIST;
	}

	private boolean acceptsOnlyEventStream(NativeWebRequest webRequest) throws HttpMediaTypeNotAcceptableException {
		return this.accept.resolveMediaTypes(webRequest)
			.stream()
			.allMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
	}

}
