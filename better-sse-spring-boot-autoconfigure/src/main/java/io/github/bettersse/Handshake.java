package io.github.bettersse;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A copy of the request that opened a session, which stays valid when the request itself
 * is long gone. Packed once the session is open, since every one has one: what is needed
 * often from then on is better asked for once. Immutable, thread-safe.
 */
public final class Handshake {

	private static final SharedBytes COMMON = new SharedBytes();

	private static final byte[] NOTHING = {};

	/**
	 * What the request says: a {@link HandshakeText} while its session opens, which asks
	 * for it again and again; then the bytes of what no other request says. One field for
	 * both, since every open session has it.
	 */
	private volatile Object text;

	/** With those bytes: the headers that many requests have with the same values. */
	private byte[] common = NOTHING;

	private final @Nullable Principal principal;

	private Handshake(Builder builder) {
		this.text = HandshakeText.copyOf(builder.method, builder.uri.toString(), builder.remoteAddress,
				builder.queryParameters, builder.headers);
		this.principal = builder.principal;
	}

	/** Keep it packed from now on: its session is open. */
	synchronized void pack() {
		if (this.text instanceof HandshakeText unpacked) {
			this.common = COMMON.share(unpacked.packCommon());
			this.text = unpacked.packOwn();
		}
	}

	/** Return what the request says. */
	HandshakeText text() {
		Object text = this.text;
		return (text instanceof HandshakeText unpacked) ? unpacked : HandshakeText.unpack(this.common, (byte[]) text);
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
		return text().method();
	}

	/**
	 * Return the URI that was asked for, with its query.
	 * @return the URI
	 */
	public URI getUri() {
		return URI.create(text().uri());
	}

	/**
	 * Return the request's headers.
	 * @return the values by name; names are case-insensitive
	 */
	public Map<String, List<String>> getHeaders() {
		return text().headers().all();
	}

	/**
	 * Return the first value of a header.
	 * @param name the header's name, case-insensitive
	 * @return the value, {@code null} if there is no such header
	 */
	public @Nullable String getHeader(String name) {
		return text().header(name);
	}

	/**
	 * Return the parameters of the query, decoded. Those of a body are not among them.
	 * @return the values by name, in order
	 */
	public Map<String, List<String>> getQueryParameters() {
		return text().queryParameters();
	}

	/**
	 * Return the first value of a query parameter.
	 * @param name the parameter's name
	 * @return the value, {@code null} if there is no such parameter
	 */
	public @Nullable String getQueryParameter(String name) {
		return text().queryParameter(name);
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
		return text().remoteAddress();
	}

	@Override
	public String toString() {
		HandshakeText text = text();
		return text.method() + " " + text.uri();
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
