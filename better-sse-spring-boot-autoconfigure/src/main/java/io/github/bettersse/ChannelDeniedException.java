package io.github.bettersse;

import java.io.Serial;

/**
 * Says that a session may not be in a channel, as the {@link ChannelAuthorizer} has
 * decided. The session itself goes on. In a handler that has not pushed anything yet and
 * lets it pass, the request is answered with status 403 unless an exception handler of
 * the application has another answer.
 */
public class ChannelDeniedException extends SseException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String channel;

	/**
	 * Create an exception.
	 * @param channel the name of the channel
	 */
	public ChannelDeniedException(String channel) {
		super("The session is not allowed to register with channel '" + channel + "'.");
		this.channel = channel;
	}

	/**
	 * Return the channel that the session may not be in.
	 * @return the channel's name
	 */
	public String getChannel() {
		return this.channel;
	}

}
