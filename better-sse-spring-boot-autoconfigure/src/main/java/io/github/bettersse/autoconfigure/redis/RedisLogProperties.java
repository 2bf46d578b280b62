package io.github.bettersse.autoconfigure.redis;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of the event log on Redis.
 */
@ConfigurationProperties("better-sse.redis")
class RedisLogProperties {

	/**
	 * Prefix of all keys, in braces if it has none: a hash tag, so that a cluster keeps
	 * them together. Applications with the same prefix share one log.
	 */
	private String keyPrefix = "better-sse";

	/**
	 * Name by which operators know this node. By default that of the environment variable
	 * HOSTNAME, else the number of the process.
	 */
	private String nodeName = System.getenv().getOrDefault("HOSTNAME", String.valueOf(ProcessHandle.current().pid()));

	/**
	 * Number of replicas that must have an event before it counts as appended.
	 */
	private int waitReplicas;

	/**
	 * Time that a broadcast may take to be appended, before it fails.
	 */
	private Duration appendTimeout = Duration.ofSeconds(5);

	/**
	 * Number of broadcasts that may be on their way to Redis. Further ones wait.
	 */
	private int maxInFlight = 1024;

	/**
	 * Greatest size of an event in the log. Larger ones are refused.
	 */
	private DataSize maxRecordSize = DataSize.ofMegabytes(4);

	/**
	 * Size of what Redis keeps for nodes that are behind, whatever the channels keep.
	 */
	private DataSize backlogSize = DataSize.ofMegabytes(32);

	/**
	 * Time that Redis keeps the history of a channel to which nothing is appended, if its
	 * events have no greatest age.
	 */
	private Duration historyTtl = Duration.ofDays(1);

	/**
	 * Time to wait for an answer of Redis before its connection is given up for a new
	 * one.
	 */
	private Duration commandTimeout = Duration.ofSeconds(2);

	public String getKeyPrefix() {
		return this.keyPrefix;
	}

	public void setKeyPrefix(String keyPrefix) {
		this.keyPrefix = keyPrefix;
	}

	public String getNodeName() {
		return this.nodeName;
	}

	public void setNodeName(String nodeName) {
		this.nodeName = nodeName;
	}

	public int getWaitReplicas() {
		return this.waitReplicas;
	}

	public void setWaitReplicas(int waitReplicas) {
		this.waitReplicas = waitReplicas;
	}

	public Duration getAppendTimeout() {
		return this.appendTimeout;
	}

	public void setAppendTimeout(Duration appendTimeout) {
		this.appendTimeout = appendTimeout;
	}

	public int getMaxInFlight() {
		return this.maxInFlight;
	}

	public void setMaxInFlight(int maxInFlight) {
		this.maxInFlight = maxInFlight;
	}

	public DataSize getMaxRecordSize() {
		return this.maxRecordSize;
	}

	public void setMaxRecordSize(DataSize maxRecordSize) {
		this.maxRecordSize = maxRecordSize;
	}

	public DataSize getBacklogSize() {
		return this.backlogSize;
	}

	public void setBacklogSize(DataSize backlogSize) {
		this.backlogSize = backlogSize;
	}

	public Duration getHistoryTtl() {
		return this.historyTtl;
	}

	public void setHistoryTtl(Duration historyTtl) {
		this.historyTtl = historyTtl;
	}

	public Duration getCommandTimeout() {
		return this.commandTimeout;
	}

	public void setCommandTimeout(Duration commandTimeout) {
		this.commandTimeout = commandTimeout;
	}

}
