package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A copy of the request that opened a session, which stays valid when the request itself
 * is long gone. Immutable, thread-safe.
 */
public final class Handshake {

	private final String method;

	private final URI uri;

	private final Map<String, List<String>> headers;

	private final Map<String, List<String>> queryParameters;

	private final @Nullable Principal principal;

	private final @Nullable String remoteAddress;

	private Handshake(Builder builder) {
		this.method = builder.method;
		this.uri = builder.uri;
		TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		builder.headers.forEach((name, values) -> headers.put(name, List.copyOf(values)));
		this.headers = Collections.unmodifiableMap(headers);
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		builder.queryParameters.forEach((name, values) -> parameters.put(name, List.copyOf(values)));
		this.queryParameters = Collections.unmodifiableMap(parameters);
		this.principal = builder.principal;
		this.remoteAddress = builder.remoteAddress;
	}

	/**
	 * Start a handshake, for connections of your own and for tests.
	 * @param method the HTTP method
	 * @param uri the URI of the request
	 * @return a builder
	 */
	public static Builder builder(String method, URI uri) {
		return new Builder(method, uri);
	}

	/**
	 * Return the HTTP method.
	 * @return the method in upper case
	 */
	public String getMethod() {
		return this.method;
	}

	/**
	 * Return the URI that was asked for, with its query.
	 * @return the URI
	 */
	public URI getUri() {
		return this.uri;
	}

	/**
	 * Return the request's headers.
	 * @return the values by name; names are case-insensitive
	 */
	public Map<String, List<String>> getHeaders() {
		return this.headers;
	}

	/**
	 * Return the first value of a header.
	 * @param name the header's name, case-insensitive
	 * @return the value, {@code null} if there is no such header
	 */
	public @Nullable String getHeader(String name) {
		return first(this.headers, name);
	}

	/**
	 * Return the parameters of the query, decoded. Those of a body are not among them.
	 * @return the values by name, in order
	 */
	public Map<String, List<String>> getQueryParameters() {
		return this.queryParameters;
	}

	/**
	 * Return the first value of a query parameter.
	 * @param name the parameter's name
	 * @return the value, {@code null} if there is no such parameter
	 */
	public @Nullable String getQueryParameter(String name) {
		return first(this.queryParameters, name);
	}

	/**
	 * Return who has authenticated.
	 * @return the principal, {@code null} if nobody has
	 */
	public @Nullable Principal getPrincipal() {
		return this.principal;
	}

	/**
	 * Return the address of the client, or of the last proxy if the server is not
	 * configured to look behind it.
	 * @return the address as text, {@code null} if unknown
	 */
	public @Nullable String getRemoteAddress() {
		return this.remoteAddress;
	}

	@Override
	public String toString() {
		return this.method + " " + this.uri;
	}

	private static @Nullable String first(Map<String, List<String>> map, String name) {
		List<String> values = map.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	/**
	 * Builds a {@link Handshake}. Not thread-safe.
	 */
	public static final class Builder {

		private final String method;

		private final URI uri;

		private Map<String, List<String>> headers = Map.of();

		private Map<String, List<String>> queryParameters = Map.of();

		private @Nullable Principal principal;

		private @Nullable String remoteAddress;

		private Builder(String method, URI uri) {
			this.method = method.toUpperCase(Locale.ROOT);
			this.uri = uri;
		}

		/**
		 * Set the headers.
		 * @param headers the values by name
		 * @return this builder
		 */
		public Builder headers(Map<String, List<String>> headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * Set the parameters of the query.
		 * @param parameters the decoded values by name
		 * @return this builder
		 */
		public Builder queryParameters(Map<String, List<String>> parameters) {
			this.queryParameters = parameters;
			return this;
		}

		/**
		 * Set who has authenticated.
		 * @param principal the principal, {@code null} if nobody has
		 * @return this builder
		 */
		public Builder principal(@Nullable Principal principal) {
			this.principal = principal;
			return this;
		}

		/**
		 * Set the client's address.
		 * @param address the address as text, {@code null} if unknown
		 * @return this builder
		 */
		public Builder remoteAddress(@Nullable String address) {
			this.remoteAddress = address;
			return this;
		}

		/**
		 * Build the handshake.
		 * @return the handshake
		 */
		public Handshake build() {
			return new Handshake(this);
		}

	}

}
