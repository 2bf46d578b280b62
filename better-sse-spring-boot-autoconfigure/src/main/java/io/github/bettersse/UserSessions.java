package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * Puts each session into the channel of its user. Thread-safe.
 */
final class UserSessions {

	private final @Nullable UserNameResolver resolver;

	private final ChannelRegistry channels;

	UserSessions(@Nullable UserNameResolver resolver, ChannelRegistry channels) {
		this.resolver = resolver;
		this.channels = channels;
	}

	@Nullable String nameOf(Handshake handshake) {
		return (this.resolver != null) ? this.resolver.resolve(handshake) : null;
	}

	void register(Session<?> session, @Nullable String name) {
		if (name != null) {
			this.channels.user(name).register(session);
		}
	}

}
