package io.github.bettersse;

import java.util.Map;

/**
 * A snapshot of what an engine may take, and how much of it is taken. Immutable,
 * thread-safe.
 *
 * @param limits the limits
 * @param sessionCount how many sessions count now: those that are open, opening or
 * sending their last
 * @param greatestUserCount how many of them the user with the most has; 0 without a limit
 * per user
 * @param greatestAddressCount how many of them the address with the most has; 0 without a
 * limit per address
 * @param refusedCounts how many clients each limit has refused since the engine was
 * built; every limit has an entry
 */
public record LimitUsage(SseLimits limits, int sessionCount, int greatestUserCount, int greatestAddressCount,
		Map<Limit, Long> refusedCounts) {

	/** Copies the counts. */
	public LimitUsage {
		refusedCounts = Map.copyOf(refusedCounts);
	}

}
