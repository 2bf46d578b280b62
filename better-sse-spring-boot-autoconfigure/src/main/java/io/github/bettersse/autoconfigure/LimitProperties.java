package io.github.bettersse.autoconfigure;

import io.github.bettersse.LimitAnswer;

import org.springframework.util.unit.DataSize;

/**
 * How much a server takes.
 */
class LimitProperties {

	/**
	 * Greatest number of sessions of this server. Zero sets no limit.
	 */
	private int maxSessions;

	/**
	 * Greatest number of sessions of one user on this server. Zero sets no limit.
	 */
	private int maxSessionsPerUser;

	/**
	 * Greatest number of sessions from one remote address on this server. Zero sets no
	 * limit.
	 */
	private int maxSessionsPerAddress;

	/**
	 * Greatest number of sessions that are opened per second. Zero sets no limit.
	 */
	private int maxConnectsPerSecond;

	/**
	 * Greatest size of one event. Sending a larger one fails. Zero sets no limit.
	 */
	private DataSize maxEventSize = DataSize.ofBytes(0);

	/**
	 * What a client is told whose session would be beyond a limit.
	 */
	private LimitAnswer onExceeded = LimitAnswer.RETRY_LATER;

	public int getMaxSessions() {
		return this.maxSessions;
	}

	public void setMaxSessions(int maxSessions) {
		this.maxSessions = maxSessions;
	}

	public int getMaxSessionsPerUser() {
		return this.maxSessionsPerUser;
	}

	public void setMaxSessionsPerUser(int maxSessionsPerUser) {
		this.maxSessionsPerUser = maxSessionsPerUser;
	}

	public int getMaxSessionsPerAddress() {
		return this.maxSessionsPerAddress;
	}

	public void setMaxSessionsPerAddress(int maxSessionsPerAddress) {
		this.maxSessionsPerAddress = maxSessionsPerAddress;
	}

	public int getMaxConnectsPerSecond() {
		return this.maxConnectsPerSecond;
	}

	public void setMaxConnectsPerSecond(int maxConnectsPerSecond) {
		this.maxConnectsPerSecond = maxConnectsPerSecond;
	}

	public DataSize getMaxEventSize() {
		return this.maxEventSize;
	}

	public void setMaxEventSize(DataSize maxEventSize) {
		this.maxEventSize = maxEventSize;
	}

	public LimitAnswer getOnExceeded() {
		return this.onExceeded;
	}

	public void setOnExceeded(LimitAnswer onExceeded) {
		this.onExceeded = onExceeded;
	}

}
