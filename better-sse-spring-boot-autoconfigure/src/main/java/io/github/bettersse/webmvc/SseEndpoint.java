package io.github.bettersse.webmvc;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * Marks a handler method that opens an event stream. The method takes a
 * {@link io.github.bettersse.Session Session&lt;S&gt;} besides whatever Spring MVC
 * resolves, and returns one of these:
 * <ul>
 * <li>{@code void}: the session stays open after the method.</li>
 * <li>An {@code Iterable}, {@code Iterator}, {@code Stream}, {@code Publisher} of
 * Reactive Streams or {@code Flow.Publisher}, or a {@code CompletionStage} of an item or
 * of one of these: each item is sent as an event {@code message}, or as the
 * {@code SseEvent} that it is, as fast as the client takes them; then the session is
 * closed. {@code null} has no items. The source is closed or cancelled when the session
 * ends before it. If it fails on the request's thread before its first item, that is an
 * exception of the method; if it fails later, the stream ends.</li>
 * <li>{@code ResponseEntity<Void>}: refuses the stream unless it is {@code null} or has
 * the status 200 and no body.</li>
 * </ul>
 * Any other type makes the start of the application fail.
 * <p>
 * Nothing is sent before the method has returned, or has itself pushed: until then an
 * exception, or a returned {@code ResponseEntity}, gets its ordinary HTTP answer. After
 * the method has returned the session goes on without a thread.
 * <p>
 * The session's state is made by the {@link io.github.bettersse.SessionStateFactory
 * SessionStateFactory&lt;S&gt;} bean; without one, by a public constructor of {@code S}
 * without arguments; without that there is none until the application sets it.
 * <p>
 * What is not set here is taken from the properties {@code better-sse.*}. Texts may hold
 * placeholders. Mistakes in them make the start of the application fail. {@code HEAD} is
 * answered with the headers; the method does not run.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@RequestMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
public @interface SseEndpoint {

	/**
	 * Name of the mapping.
	 * @return the name
	 * @see RequestMapping#name()
	 */
	@AliasFor(annotation = RequestMapping.class)
	String name() default "";

	/**
	 * Paths of the endpoint; the same as {@link #path()}.
	 * @return the paths
	 */
	@AliasFor(annotation = RequestMapping.class)
	String[] value() default {};

	/**
	 * Paths of the endpoint.
	 * @return the paths
	 */
	@AliasFor(annotation = RequestMapping.class)
	String[] path() default {};

	/**
	 * HTTP methods of the endpoint. An {@code EventSource} sends {@code GET}.
	 * @return the methods
	 */
	@AliasFor(annotation = RequestMapping.class)
	RequestMethod[] method() default RequestMethod.GET;

	/**
	 * Parameters that narrow the mapping.
	 * @return the conditions
	 * @see RequestMapping#params()
	 */
	@AliasFor(annotation = RequestMapping.class)
	String[] params() default {};

	/**
	 * Media types of the request's body that narrow the mapping.
	 * @return the media types
	 * @see RequestMapping#consumes()
	 */
	@AliasFor(annotation = RequestMapping.class)
	String[] consumes() default {};

	/**
	 * Status of the response. An {@code EventSource} takes 200 only.
	 * @return the status; 0 stands for that of a {@code @ResponseStatus}, else of the
	 * {@link #options()}, else 200
	 */
	int status() default 0;

	/**
	 * Response headers, each {@code "Name: value"}, in place of the default of that name;
	 * {@code "Name:"} removes the default. A name that stands here repeatedly has several
	 * values.
	 * @return the headers
	 */
	String[] headers() default {};

	/**
	 * Interval without a write after which a keep-alive comment is sent, such as
	 * {@code 500ms} or {@code 15s}; {@code 0s} for never.
	 * @return the interval, empty for the default
	 */
	String keepAlive() default "";

	/**
	 * Reconnection time that the client is told at the start, such as {@code 500ms} or
	 * {@code 2s}.
	 * @return the time, empty for the default
	 */
	String retry() default "";

	/**
	 * Greatest random addition to the reconnection time, per client, such as {@code 3s}.
	 * @return the jitter, empty for the default
	 */
	String retryJitter() default "";

	/**
	 * Name of a {@link io.github.bettersse.SessionOptions SessionOptions} bean. What the
	 * other attributes say goes before it.
	 * @return the name, empty for none
	 */
	String options() default "";

}
