package io.github.bettersse;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The places that there are for sessions: in all, per user, per address and per second. A
 * session gets all that it needs at once, or none. Thread-safe.
 */
final class SessionSlots {

	private static final System.Logger logger = System.getLogger(SessionSlots.class.getName());

	private final ReentrantLock lock = new ReentrantLock();

	private final SseLimits limits;

	private final ConnectRate rate;

	private final Map<String, Integer> users = new HashMap<>();

	private final Map<String, Integer> addresses = new HashMap<>();

	private final Map<Limit, Long> refused = new EnumMap<>(Limit.class);

	private final Map<Limit, Alert> alerts = new EnumMap<>(Limit.class);

	private int count;

	SessionSlots(SseLimits limits, Timer timer) {
		this.limits = limits;
		this.rate = new ConnectRate(limits.maxConnectsPerSecond(), timer);
		for (Limit limit : Limit.values()) {
			this.refused.put(limit, 0L);
			this.alerts.put(limit, new Alert(logger, timer::nanoTime));
		}
	}

	/**
	 * Take a place.
	 * @param user whose session it is, {@code null} if nobody's
	 * @param address where it comes from, {@code null} if unknown
	 * @return the place, or none with the limit that is reached
	 */
	SessionSlot take(@Nullable String user, @Nullable String address) {
		String countedUser = (this.limits.maxSessionsPerUser() > 0) ? user : null;
		String countedAddress = (this.limits.maxSessionsPerAddress() > 0) ? address : null;
		Limit exceeded;
		this.lock.lock();
		try {
			exceeded = exceeded(countedUser, countedAddress);
			if (exceeded != null) {
				this.refused.merge(exceeded, 1L, Long::sum);
			}
			else {
				this.count++;
				add(this.users, countedUser);
				add(this.addresses, countedAddress);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (exceeded != null) {
			refused(exceeded, countedUser, countedAddress);
		}
		return new SessionSlot(this, countedUser, countedAddress, exceeded);
	}

	/** The rate comes last: who is refused for another reason has not used it up. */
	private @Nullable Limit exceeded(@Nullable String user, @Nullable String address) {
		if (isFull(this.limits.maxSessions(), this.count)) {
			return Limit.SESSIONS;
		}
		if (user != null && isFull(this.limits.maxSessionsPerUser(), this.users.getOrDefault(user, 0))) {
			return Limit.SESSIONS_PER_USER;
		}
		if (address != null && isFull(this.limits.maxSessionsPerAddress(), this.addresses.getOrDefault(address, 0))) {
			return Limit.SESSIONS_PER_ADDRESS;
		}
		return this.rate.take() ? null : Limit.CONNECTS_PER_SECOND;
	}

	private static boolean isFull(int limit, int count) {
		return limit > 0 && count >= limit;
	}

	private void refused(Limit limit, @Nullable String user, @Nullable String address) {
		String whose = switch (limit) {
			case SESSIONS, CONNECTS_PER_SECOND -> "";
			case SESSIONS_PER_USER -> " by user '" + user + "'";
			case SESSIONS_PER_ADDRESS -> " from " + address;
		};
		Alert alert = this.alerts.get(limit);
		if (alert != null) {
			alert.raise(
					() -> "Sessions are refused: the limit of " + limit.describe(this.limits) + " is reached" + whose);
		}
		logger.log(Level.DEBUG, () -> "A session is refused" + whose + ": " + limit.describe(this.limits));
	}

	void free(@Nullable String user, @Nullable String address) {
		this.lock.lock();
		try {
			this.count--;
			remove(this.users, user);
			remove(this.addresses, address);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void add(Map<String, Integer> counts, @Nullable String key) {
		if (key != null) {
			counts.merge(key, 1, Integer::sum);
		}
	}

	private static void remove(Map<String, Integer> counts, @Nullable String key) {
		if (key != null) {
			counts.computeIfPresent(key, (name, count) -> (count > 1) ? count - 1 : null);
		}
	}

	LimitUsage usage() {
		this.lock.lock();
		try {
			return new LimitUsage(this.limits, this.count, greatest(this.users), greatest(this.addresses),
					this.refused);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static int greatest(Map<String, Integer> counts) {
		return counts.isEmpty() ? 0 : Collections.max(counts.values());
	}

}
