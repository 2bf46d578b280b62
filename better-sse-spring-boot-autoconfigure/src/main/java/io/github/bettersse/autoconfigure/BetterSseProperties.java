package io.github.bettersse.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Configuration properties of Better SSE.
 */
@ConfigurationProperties("better-sse")
class BetterSseProperties {

	/**
	 * How the connection of an open stream is held.
	 */
	private Transport transport = Transport.AUTO;

	/**
	 * Where the log of broadcasts is: in memory, for one node, or on Redis, for any
	 * number.
	 */
	private LogKind log = LogKind.MEMORY;

	/**
	 * Interval without a write after which a keep-alive comment is sent. Zero switches
	 * keep-alive off.
	 */
	private Duration keepAlive = Duration.ofSeconds(10);

	/**
	 * Reconnection time that a client is told when its stream opens.
	 */
	private Duration retry = Duration.ofSeconds(2);

	/**
	 * Greatest random addition to the reconnection time, drawn for each client, so that
	 * not all come back at once.
	 */
	private Duration retryJitter = Duration.ZERO;

	/**
	 * Whether a client is told a reconnection time when its stream opens.
	 */
	private boolean sendRetry = true;

	/**
	 * Response headers by name, in place of the default of that name. A list gives
	 * several values, an empty value removes the default.
	 */
	private Map<String, Object> headers = new LinkedHashMap<>();

	/**
	 * Whether the last event id that a client sends is believed.
	 */
	private boolean trustClientEventId = true;

	/**
	 * Name of the event that tells a client not to come back.
	 */
	private String disconnectEvent = "disconnect";

	/**
	 * Name of an event that is sent in place of keep-alive comments, for clients to see.
	 * Empty for comments.
	 */
	private @Nullable String heartbeatEvent;

	/**
	 * Time without any progress after which a session that has something to send is cut.
	 * Zero waits for ever.
	 */
	private Duration writeTimeout = Duration.ofSeconds(30);

	/**
	 * Time after which a session is closed for its client to reconnect, shortened by up
	 * to a fifth at random. Zero sets no limit.
	 */
	private Duration maxLifetime = Duration.ZERO;

	/**
	 * What holds for single channels, by name. In a name, * stands for any characters; an
	 * exact name goes before a pattern. Names with other characters than letters, digits
	 * and hyphens are written in brackets.
	 */
	private Map<String, ChannelProperties> channels = new LinkedHashMap<>();

	@NestedConfigurationProperty
	private final HistoryProperties history = new HistoryProperties();

	@NestedConfigurationProperty
	private final LimitProperties limits = new LimitProperties();

	@NestedConfigurationProperty
	private final SendQueueProperties sendQueue = new SendQueueProperties();

	@NestedConfigurationProperty
	private final DeliveryProperties delivery = new DeliveryProperties();

	@NestedConfigurationProperty
	private final ShutdownProperties shutdown = new ShutdownProperties();

	private final UserChannels userChannels = new UserChannels();

	public Transport getTransport() {
		return this.transport;
	}

	public void setTransport(Transport transport) {
		this.transport = transport;
	}

	public Duration getKeepAlive() {
		return this.keepAlive;
	}

	public void setKeepAlive(Duration keepAlive) {
		this.keepAlive = keepAlive;
	}

	public Duration getRetry() {
		return this.retry;
	}

	public void setRetry(Duration retry) {
		this.retry = retry;
	}

	public Duration getRetryJitter() {
		return this.retryJitter;
	}

	public void setRetryJitter(Duration retryJitter) {
		this.retryJitter = retryJitter;
	}

	public boolean isSendRetry() {
		return this.sendRetry;
	}

	public void setSendRetry(boolean sendRetry) {
		this.sendRetry = sendRetry;
	}

	public Map<String, Object> getHeaders() {
		return this.headers;
	}

	public void setHeaders(Map<String, Object> headers) {
		this.headers = headers;
	}

	public boolean isTrustClientEventId() {
		return this.trustClientEventId;
	}

	public void setTrustClientEventId(boolean trustClientEventId) {
		this.trustClientEventId = trustClientEventId;
	}

	public String getDisconnectEvent() {
		return this.disconnectEvent;
	}

	public void setDisconnectEvent(String disconnectEvent) {
		this.disconnectEvent = disconnectEvent;
	}

	public @Nullable String getHeartbeatEvent() {
		return this.heartbeatEvent;
	}

	public void setHeartbeatEvent(@Nullable String heartbeatEvent) {
		this.heartbeatEvent = heartbeatEvent;
	}

	public Duration getWriteTimeout() {
		return this.writeTimeout;
	}

	public void setWriteTimeout(Duration writeTimeout) {
		this.writeTimeout = writeTimeout;
	}

	public Duration getMaxLifetime() {
		return this.maxLifetime;
	}

	public void setMaxLifetime(Duration maxLifetime) {
		this.maxLifetime = maxLifetime;
	}

	public Map<String, ChannelProperties> getChannels() {
		return this.channels;
	}

	public void setChannels(Map<String, ChannelProperties> channels) {
		this.channels = channels;
	}

	public HistoryProperties getHistory() {
		return this.history;
	}

	public LimitProperties getLimits() {
		return this.limits;
	}

	public LogKind getLog() {
		return this.log;
	}

	public void setLog(LogKind log) {
		this.log = log;
	}

	public UserChannels getUserChannels() {
		return this.userChannels;
	}

	public SendQueueProperties getSendQueue() {
		return this.sendQueue;
	}

	public DeliveryProperties getDelivery() {
		return this.delivery;
	}

	public ShutdownProperties getShutdown() {
		return this.shutdown;
	}

	/**
	 * The channel of each user, which all sessions of the user join by themselves.
	 */
	static class UserChannels {

		/**
		 * Whether each session joins the channel of its user.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
