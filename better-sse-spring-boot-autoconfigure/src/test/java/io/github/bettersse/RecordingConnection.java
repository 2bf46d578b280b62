package io.github.bettersse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.github.bettersse.event.Frame;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection that does what the test tells it to, records what is called, and checks
 * that its caller keeps the contract of the port.
 */
final class RecordingConnection extends ConnectionScript implements Connection {

	private enum State {

		NEW, BLOCKING, STARTING, STARTED, ENDED

	}

	private final Handshake handshake;

	private final List<String> calls = new ArrayList<>();

	private final List<Thread> writers = new ArrayList<>();

	private final List<String> violations = new ArrayList<>();

	private final StringBuilder written = new StringBuilder();

	private int flushed;

	private State state = State.NEW;

	private volatile boolean ready = true;

	private volatile BooleanSupplier readiness = () -> this.ready;

	/** Whether a socket that is not ready takes something all the same. */
	private volatile boolean trickling;

	private boolean granted;

	/** Whether the container has reported the end. */
	private boolean vanished;

	private @Nullable Thread opener;

	private @Nullable Thread inside;

	private @Nullable ResponseHead head;

	private volatile @Nullable Listener listener;

	RecordingConnection(Handshake handshake) {
		this.handshake = handshake;
	}

	@Override
	public Handshake getHandshake() {
		return this.handshake;
	}

	@Override
	public void open(ResponseHead head) throws IOException {
		synchronized (this) {
			check(this.state == State.NEW, "open() comes first, and once");
			this.calls.add("open " + head.status());
			this.head = head;
			this.state = State.BLOCKING;
			this.opener = Thread.currentThread();
		}
		act(Call.OPEN);
	}

	@Override
	public void start(Listener listener) throws IOException {
		synchronized (this) {
			check(this.state == State.BLOCKING, "start(..) follows open(..), once");
			check(Thread.currentThread() == this.opener, "start(..) is called by who has opened");
			check(failure() == null, "start(..) is not called after a failure");
			this.calls.add("start");
			this.state = State.STARTING;
			this.listener = listener;
		}
		act(Call.START);
		synchronized (this) {
			this.state = State.STARTED;
		}
	}

	@Override
	public boolean seemsReady() {
		return this.ready;
	}

	@Override
	public boolean isReady() {
		enter(Call.IS_READY);
		try {
			act(Call.IS_READY);
			boolean answer = this.readiness.getAsBoolean();
			synchronized (this) {
				this.granted = answer;
			}
			return answer;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			leave();
		}
	}

	@Override
	public boolean retry() {
		enter(Call.IS_READY);
		leave();
		return this.trickling;
	}

	/**
	 * Let the socket take a little whenever it is tried, or nothing, but not be ready.
	 */
	void trickle(boolean trickling) {
		this.trickling = trickling;
	}

	@Override
	public void write(Frame frame) throws IOException {
		String text = frame.toString();
		enter(Call.WRITE);
		try {
			synchronized (this) {
				this.calls.add("write " + text);
				this.writers.add(Thread.currentThread());
			}
			act(Call.WRITE);
			synchronized (this) {
				this.written.append(text);
			}
		}
		finally {
			leave();
		}
	}

	@Override
	public void flush() throws IOException {
		enter(Call.FLUSH);
		try {
			synchronized (this) {
				this.calls.add("flush");
			}
			act(Call.FLUSH);
			synchronized (this) {
				this.flushed = this.written.length();
			}
		}
		finally {
			leave();
		}
	}

	@Override
	public void close() {
		synchronized (this) {
			check(failure() == null, "a broken connection is aborted, not closed");
			check(this.flushed == this.written.length(), "close() comes after all was flushed");
			end("close");
		}
		actWithoutFailure(Call.CLOSE);
	}

	@Override
	public void abort(@Nullable IOException failure) {
		synchronized (this) {
			Throwable thrown = failure();
			boolean wrapped = thrown != null && !(thrown instanceof IOException);
			check((wrapped ? failure != null && failure.getCause() == thrown : failure == thrown),
					"abort(..) gets the failure of this connection, not " + failure);
			end((failure != null) ? "abort after a failure" : "abort");
		}
		actWithoutFailure(Call.ABORT);
	}

	private void end(String call) {
		this.calls.add(call);
		check(this.state != State.ENDED, call + " comes once");
		check(this.state != State.STARTING || failure() != null, call + " does not come within start(..)");
		check(this.inside == null, call + " comes when no write is under way");
		this.state = State.ENDED;
	}

	private synchronized void enter(Call call) {
		check(this.inside == null, call + " by " + Thread.currentThread() + " while " + this.inside + " is inside");
		check(this.state == State.BLOCKING || this.state == State.STARTED, call + " while " + this.state);
		check(!this.vanished, call + " after onClosed(..)");
		check(this.state != State.BLOCKING || Thread.currentThread() == this.opener,
				call + " by " + Thread.currentThread() + " in the blocking phase");
		check(failure() == null, call + " after a failure");
		if (call != Call.IS_READY) {
			check(this.granted, call + " without isReady()");
			this.granted = false;
		}
		this.inside = Thread.currentThread();
	}

	private synchronized void leave() {
		this.inside = null;
	}

	private void check(boolean kept, String rule) {
		if (!kept) {
			this.violations.add(rule);
		}
	}

	private void actWithoutFailure(Call call) {
		try {
			act(call);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Let the socket take nothing more. */
	void fill() {
		this.ready = false;
	}

	/** Let the socket take something again, and say so. */
	void drain() {
		this.ready = true;
		listener().onWritable();
	}

	/** Let the socket take something again, without a word. */
	void emptyQuietly() {
		this.ready = true;
	}

	/** Ask who is to say whether the socket takes anything. */
	void setReadiness(BooleanSupplier readiness) {
		this.readiness = readiness;
	}

	/** Have the container report the end of the connection. */
	void vanish(@Nullable Throwable cause) {
		listener().onClosed(cause);
		synchronized (this) {
			check(this.inside == null || this.inside == Thread.currentThread(),
					"onClosed(..) returns when no write is under way");
			this.vanished = true;
		}
	}

	/** Return whether the container could still report the end. */
	synchronized boolean isStarted() {
		return this.state == State.STARTED && !this.vanished;
	}

	Listener listener() {
		Listener listener = this.listener;
		assertThat(listener).as("connection was started").isNotNull();
		return listener;
	}

	synchronized ResponseHead head() {
		assertThat(this.head).as("head was sent").isNotNull();
		return this.head;
	}

	/** Return all calls in order, but {@link #isReady()}. */
	synchronized List<String> calls() {
		return List.copyOf(this.calls);
	}

	/** Return who has written, one entry for each write. */
	synchronized List<Thread> writers() {
		return List.copyOf(this.writers);
	}

	/** Return what the client has got: all that was flushed. */
	synchronized String received() {
		return this.written.substring(0, this.flushed);
	}

	synchronized void assertContractWasKept() {
		assertThat(this.violations).as("violations of the contract of %s", this.calls).isEmpty();
	}

}
