package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A copy of the request that opened a session, which stays valid when the request itself
 * is long gone. Kept packed, since every open session has one: what is needed often is
 * better asked for once. Immutable, thread-safe.
 */
public final class Handshake {

	private static final SharedBytes COMMON = new SharedBytes();

	/** The headers that many requests have with the same values, {@link PackedText}. */
	private final byte[] common;

	/** What else the request says, packed too. */
	private final byte[] own;

	private final @Nullable Principal principal;

	private Handshake(Builder builder) {
		this.common = COMMON.share(new PackedText.Writer().write(HandshakeHeaders.common(builder.headers)).toBytes());
		this.own = new Own(builder.method, builder.uri.toString(), builder.remoteAddress, builder.queryParameters,
				HandshakeHeaders.other(builder.headers))
			.pack();
		this.principal = builder.principal;
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
		return own().method();
	}

	/**
	 * Return the URI that was asked for, with its query.
	 * @return the URI
	 */
	public URI getUri() {
		return URI.create(own().uri());
	}

	/**
	 * Return the request's headers.
	 * @return the values by name; names are case-insensitive
	 */
	public Map<String, List<String>> getHeaders() {
		return HandshakeHeaders.join(commonHeaders(), own().headers());
	}

	/**
	 * Return the first value of a header.
	 * @param name the header's name, case-insensitive
	 * @return the value, {@code null} if there is no such header
	 */
	public @Nullable String getHeader(String name) {
		return first(HandshakeHeaders.join(HandshakeHeaders.isCommon(name) ? commonHeaders() : own().headers()), name);
	}

	/**
	 * Return the parameters of the query, decoded. Those of a body are not among them.
	 * @return the values by name, in order
	 */
	public Map<String, List<String>> getQueryParameters() {
		return Collections.unmodifiableMap(own().queryParameters());
	}

	/**
	 * Return the first value of a query parameter.
	 * @param name the parameter's name
	 * @return the value, {@code null} if there is no such parameter
	 */
	public @Nullable String getQueryParameter(String name) {
		return first(own().queryParameters(), name);
	}

	private static @Nullable String first(Map<String, List<String>> values, String name) {
		List<String> found = values.getOrDefault(name, List.of());
		return found.isEmpty() ? null : found.get(0);
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
		return own().remoteAddress();
	}

	private Map<String, List<String>> commonHeaders() {
		return new PackedText.Reader(this.common).readAll();
	}

	private Own own() {
		return Own.unpack(this.own);
	}

	@Override
	public String toString() {
		Own own = own();
		return own.method() + " " + own.uri();
	}

	private record Own(String method, String uri, @Nullable String remoteAddress,
			Map<String, List<String>> queryParameters, Map<String, List<String>> headers) {

		byte[] pack() {
			return new PackedText.Writer().write(this.method)
				.write(this.uri)
				.writeOptional(this.remoteAddress)
				.write(this.queryParameters)
				.write(this.headers)
				.toBytes();
		}

		static Own unpack(byte[] packed) {
			PackedText.Reader reader = new PackedText.Reader(packed);
			return new Own(reader.read(), reader.read(), reader.readOptional(), reader.readAll(), reader.readAll());
		}

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
