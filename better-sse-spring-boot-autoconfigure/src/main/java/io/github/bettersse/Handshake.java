package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A copy of the request that opened a session, which stays valid when the request itself
 * is long gone. Immutable, thread-safe.
 */
public final class Handshake {

	private final String method;

	/** As text, which is a fraction of the parsed one. */
	private final String uri;

	private final HandshakeHeaders headers;

	private final Map<String, List<String>> queryParameters;

	private final @Nullable Principal principal;

	private final @Nullable String remoteAddress;

	private Handshake(Builder builder) {
		this.method = SharedText.of(builder.method);
		this.uri = builder.uri.toString();
		this.headers = new HandshakeHeaders(builder.headers);
		this.queryParameters = copyOf(builder.queryParameters);
		this.principal = builder.principal;
		this.remoteAddress = builder.remoteAddress;
	}

	private static Map<String, List<String>> copyOf(Map<String, List<String>> parameters) {
		if (parameters.isEmpty()) {
			return Map.of();
		}
		Map<String, List<String>> copy = new LinkedHashMap<>();
		parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		return Collections.unmodifiableMap(copy);
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
		return URI.create(this.uri);
	}

	/**
	 * Return the request's headers.
	 * @return the values by name; names are case-insensitive
	 */
	public Map<String, List<String>> getHeaders() {
		return this.headers.toMap();
	}

	/**
	 * Return the first value of a header.
	 * @param name the header's name, case-insensitive
	 * @return the value, {@code null} if there is no such header
	 */
	public @Nullable String getHeader(String name) {
		return this.headers.getFirst(name);
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
		List<String> values = this.queryParameters.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
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
