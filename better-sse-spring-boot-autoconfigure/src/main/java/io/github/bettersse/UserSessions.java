package io.github.bettersse;

import org.jspecify.annotations.Nullable;

/**
 * Puts each session into the channel of its user. Thread-safe.
 */
final class UserSessions {

	private final UserNameResolver resolver;

	private final boolean channelsEnabled;

	private final ChannelRegistry channels;

	UserSessions(UserNameResolver resolver, boolean channelsEnabled, ChannelRegistry channels) {
		this.resolver = resolver;
		this.channelsEnabled = channelsEnabled;
		this.channels = channels;
	}

	@Nullable String nameOf(Handshake handshake) {
		return this.resolver.resolve(handshake);
	}

	void register(DefaultSession<?> session, @Nullable String name) {
		if (this.channelsEnabled && name != null) {
			((DefaultChannel<?, ?>) this.channels.user(name)).join(session);
		}
	}

}
