package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Asks who may be in a channel, and takes sessions out that may not be there any more.
 * Thread-safe.
 * <p>
 * A right may be withdrawn between the question and the registration. Then either
 * {@link #revoke} finds the registration, or the registration finds that something was
 * revoked meanwhile, and asks again.
 */
final class ChannelAccess {

	private static final System.Logger logger = System.getLogger(ChannelAccess.class.getName());

	private final ChannelAuthorizer authorizer;

	private final AtomicLong revocations = new AtomicLong();

	private final LiveSessions sessions;

	ChannelAccess(ChannelAuthorizer authorizer, LiveSessions sessions) {
		this.authorizer = authorizer;
		this.sessions = sessions;
	}

	/**
	 * Register a session if it may be in the channel.
	 * @throws ChannelDeniedException if it may not
	 */
	Replay register(DefaultSession<?> session, DefaultChannel<?, ?> channel, Supplier<Replay> registration) {
		long before = this.revocations.get();
		require(session, channel);
		Replay replay = registration.get();
		if (this.revocations.get() != before) {
			try {
				require(session, channel);
			}
			catch (RuntimeException ex) {
				channel.deregister(session);
				throw ex;
			}
		}
		return replay;
	}

	private void require(DefaultSession<?> session, DefaultChannel<?, ?> channel) {
		if (!isAllowed(session, channel)) {
			throw new ChannelDeniedException(channel.getName());
		}
	}

	private boolean isAllowed(DefaultSession<?> session, DefaultChannel<?, ?> channel) {
		return DefaultChannelRegistry.isOfUser(channel, session.userName())
				|| this.authorizer.isAllowed(session.getHandshake(), channel.getName());
	}

	/** The history of channels is about to be replayed: ask again. */
	void beforeReplay(DefaultSession<?> session) {
		session.outlet().registrations().forEach((registration) -> {
			DefaultChannel<?, ?> channel = registration.channel();
			if (channel.keepsHistory() && !isStillAllowed(session, channel)) {
				revoke(registration);
			}
		});
	}

	private boolean isStillAllowed(DefaultSession<?> session, DefaultChannel<?, ?> channel) {
		try {
			return isAllowed(session, channel);
		}
		catch (RuntimeException ex) {
			logger.log(Level.ERROR, () -> "The authorizer has failed, so session " + session.getId()
					+ " loses the channel '" + channel.getName() + "'", ex);
			return false;
		}
	}

	/** Take the sessions of a user out of a channel. */
	void revoke(String userName, DefaultChannel<?, ?> channel) {
		for (DefaultSession<?> session : this.sessions.all()) {
			Registration registration = session.outlet().registrations().find(channel);
			if (registration != null && userName.equals(session.userName())) {
				revoke(registration);
			}
		}
	}

	/** Note that a right was withdrawn, before sessions are looked for that have it. */
	void revoked() {
		this.revocations.incrementAndGet();
	}

	private static void revoke(Registration registration) {
		SessionOutlet outlet = registration.session().outlet();
		if (outlet.registrations().remove(registration.channel())) {
			outlet.sendLater(ControlFrames.revoked(registration.channel().getName()));
		}
	}

}
