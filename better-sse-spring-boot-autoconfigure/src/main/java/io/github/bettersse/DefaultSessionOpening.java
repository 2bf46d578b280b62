package io.github.bettersse;

import java.lang.System.Logger.Level;

import org.jspecify.annotations.Nullable;

/**
 * The one implementation of {@link SessionOpening}. For the handler's thread.
 */
final class DefaultSessionOpening<S> implements SessionOpening<S> {

	private static final System.Logger logger = System.getLogger(DefaultSessionOpening.class.getName());

	private final DefaultSession<S> session;

	private boolean done;

	private volatile boolean refused;

	DefaultSessionOpening(DefaultSession<S> session, boolean done) {
		this.session = session;
		this.done = done;
	}

	@Override
	public Session<S> getSession() {
		return this.session;
	}

	@Override
	public boolean isCommitted() {
		return !this.refused && !this.session.outlet().isHeld();
	}

	@Override
	public void complete() {
		if (!this.done) {
			this.done = true;
			this.session.outlet().start();
			this.session.getHandshake().pack();
		}
	}

	@Override
	public void stream(@Nullable Object source) throws Exception {
		ReturnedSource returned = new ReturnedSource(this, this.session);
		if (this.done) {
			returned.discard(source);
		}
		else {
			returned.stream(source);
		}
	}

	@Override
	public void refuse() {
		if (this.done) {
			return;
		}
		if (isCommitted()) {
			throw new IllegalStateException("The response's head is out: the session cannot be refused any more.");
		}
		this.done = true;
		this.refused = true;
		this.session.outlet().discard();
	}

	@Override
	public void fail(Throwable failure) {
		if (this.done) {
			return;
		}
		if (!isCommitted()) {
			refuse();
			return;
		}
		this.done = true;
		boolean ended = !this.session.isConnected();
		if (ended && failure instanceof SseException) {
			logger.log(Level.DEBUG, "The handler of session {0} stopped at its end", this.session.getId());
		}
		else {
			logger.log(Level.ERROR, () -> "The handler of session " + this.session.getId() + " (" //
					+ this.session.getHandshake() + ") failed after the stream had begun, which ends it", failure);
		}
		this.session.outlet().end(DisconnectReason.ERROR, null);
		this.session.outlet().start();
	}

}
