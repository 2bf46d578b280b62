package io.github.bettersse;

import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.bettersse.event.Frame;
import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import org.jspecify.annotations.Nullable;

/**
 * One session in one channel. What is not said to be otherwise is for the session's shard
 * alone.
 */
final class Registration {

	private final DefaultChannel<?, ?> channel;

	private final DefaultSession<?> session;

	/** Of the session: events get there without a detour. */
	private final SessionInput input;

	private DefaultReplay replay;

	/**
	 * Whether the application has made it, under the lock of the session's registrations.
	 */
	private volatile boolean askedFor;

	/** What is to be read from the log, null while the events come live. */
	private @Nullable ReplaySource source;

	/** Its place in the shard. */
	private int index = Places.NONE;

	/** Its place among those that others see, under the monitor of the presence. */
	private int presenceIndex = Places.NONE;

	/** Whether others see it, under the lock of the session's registrations. */
	private boolean shown;

	private Registration(DefaultChannel<?, ?> channel, DefaultSession<?> session, @Nullable ReplaySource source,
			DefaultReplay replay, boolean askedFor) {
		this.channel = channel;
		this.session = session;
		this.input = session.outlet().input();
		this.source = source;
		this.replay = replay;
		this.askedFor = askedFor;
	}

	/** Make a registration that is not yet in its channel. */
	static Registration of(DefaultChannel<?, ?> channel, DefaultSession<?> session, ReplayFrom from, boolean askedFor,
			EventLog log) {
		ResumePoint client = session.outlet().history().client(session.getHandshake());
		if (!channel.keepsHistory()) {
			return new Registration(channel, session, null, DefaultReplay.nothing(client.cursor() == null), askedFor);
		}
		ReplaySource source = ReplaySource.of(channel.getName(), from, client, log);
		return new Registration(channel, session, source, source.replay(), askedFor);
	}

	boolean wasAskedFor() {
		return this.askedFor;
	}

	/**
	 * Get the history that the application asks for, instead of what the session would
	 * get by itself; before anything is replayed.
	 */
	void replayAs(Registration asked) {
		if (this.source != null && asked.source != null) {
			asked.source.joinedAt(this.source.joinedAt());
			this.source = asked.source;
		}
		this.replay = asked.replay;
		this.askedFor = true;
	}

	DefaultChannel<?, ?> channel() {
		return this.channel;
	}

	DefaultSession<?> session() {
		return this.session;
	}

	DefaultReplay replay() {
		return this.replay;
	}

	/** Return what is to be read from the log, {@code null} if the events come live. */
	@Nullable ReplaySource source() {
		return this.source;
	}

	/** Get all events after a position. On the thread that registers. */
	void joinedAt(Position position) {
		if (this.source != null) {
			this.source.joinedAt(position);
		}
	}

	/** Get events from the log. */
	void follow(ReplaySource source) {
		this.source = source;
	}

	/** Get events live from now on. */
	void goLive() {
		this.source = null;
	}

	/** Return whether an event would probably go straight to the socket. */
	boolean seemsReady() {
		return this.source == null && this.input.seemsReady();
	}

	/**
	 * Give the session those events that it accepts, unless it will read them from the
	 * log.
	 */
	void deliver(DeliveryRun run) {
		if (this.source != null) {
			return;
		}
		for (DeliveryRun.Part part : run.acceptedBy(this.session)) {
			this.input.deliver(part.deliveries(), part.joined());
		}
		if (run.isFiltered() && this.channel.keepsHistory()) {
			this.input.skip(run.lastSequence());
		}
	}

	/** Return whether the session gets an event of the past. */
	boolean accepts(LogEntry entry) {
		return this.channel.accepts(this.session, entry);
	}

	/**
	 * Return those of the latest events that the session gets, in the log's order.
	 * @param missing whether it has not got an event by other ways
	 */
	Stream<Frame> accepted(Latest latest, Predicate<LogEntry> missing) {
		return latest.inOrder().filter(missing).filter(this::accepts).map(LogEntry::frame);
	}

	/** Return whether it has its place among the events of its shard. */
	boolean isJoined() {
		return this.index != Places.NONE;
	}

	/** Tell who listens that the session was reset. */
	void reset(Replay replay) {
		this.channel.members().reset(this, replay);
	}

	boolean isShown() {
		return this.shown;
	}

	void shown(boolean shown) {
		this.shown = shown;
	}

	int index() {
		return this.index;
	}

	void index(int index) {
		this.index = index;
	}

	int presenceIndex() {
		return this.presenceIndex;
	}

	void presenceIndex(int index) {
		this.presenceIndex = index;
	}

}
