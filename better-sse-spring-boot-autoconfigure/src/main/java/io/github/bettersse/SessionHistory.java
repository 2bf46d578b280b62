package io.github.bettersse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * How one session goes from the history of its channels to their live events. There is
 * one replay at a time: that of all registrations made before the head is out, or one for
 * a later registration that asks for history. Registrations that come while it runs take
 * part in it.
 *
 * <pre>
 *   before the head     registrations with history get nothing live
 *        | begin()
 *   replaying           the shard reads the log for them; what else is sent waits in the queue
 *        | SessionReplay hands over
 *   live  --joined() with history to replay--&gt;  replaying
 * </pre>
 */
final class SessionHistory {

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private final EngineParts parts;

	private volatile @Nullable SessionReplay replay;

	private volatile boolean begun;

	private volatile boolean ended;

	SessionHistory(SessionOutlet outlet, SendQueue queue, EngineParts parts) {
		this.outlet = outlet;
		this.queue = queue;
		this.parts = parts;
	}

	/** Return where the client wants to go on. */
	ResumePoint client(Handshake handshake) {
		if (!this.outlet.settings().trustClientEventId()) {
			return ResumePoint.NEWCOMER;
		}
		return ResumePoint.of(LastEventId.of(handshake).trim(), this.parts.log());
	}

	/** Return whether what is sent comes behind no replay. For the shard. */
	boolean isLive() {
		return this.begun && !isReplaying();
	}

	/** Return whether a replay runs. */
	boolean isReplaying() {
		return this.replay != null;
	}

	/** The head is out: replay for all that were registered. On the handler's thread. */
	void begin() {
		this.outlet.registrations().begin((gathered) -> {
			if (gathered.stream().anyMatch((registration) -> registration.channel().keepsHistory())) {
				this.queue.hold(false);
				begin(gathered, this.parts.follower().getPosition()).request();
			}
			this.begun = true;
		});
	}

	private SessionReplay begin(List<Registration> registrations, Position bound) {
		SessionReplay replay = new SessionReplay(this.outlet, this.queue, this.parts);
		replay.begin(registrations, bound);
		this.replay = replay;
		return replay;
	}

	/**
	 * A registration has its place among the events of its shard. In the shard.
	 * @param position of the last event that came before it
	 * @param latest what a newcomer gets at that position
	 * @param live whether the head was out when it was made
	 */
	void joined(Registration registration, Position position, Latest latest, boolean live) {
		ReplaySource source = registration.source();
		if (this.ended) {
			return;
		}
		if (source == null) {
			send(registration, latest);
		}
		else if (live) {
			source.withoutIds();
			joinLate(registration, source, position, latest);
		}
	}

	private void joinLate(Registration registration, ReplaySource source, Position position, Latest latest) {
		SessionReplay running = this.replay;
		if (running != null) {
			running.add(registration, position);
		}
		else if (source.isNeeded()) {
			this.queue.hold(true);
			begin(withOthers(registration, position), position).step(position,
					Map.of(registration.channel().getName(), latest));
		}
		else {
			registration.goLive();
			if (this.outlet.settings().trustClientEventId()) {
				this.outlet.input().push(ControlFrames.cursor(position));
			}
			this.queue.release(position.sequence(), true);
			send(registration, latest);
			source.replay().finish(this.outlet.executor());
		}
	}

	/** Let the other channels be read from the log too, from where they have come to. */
	private List<Registration> withOthers(Registration registration, Position position) {
		List<Registration> all = new ArrayList<>(List.of(registration));
		this.outlet.registrations().forEach((other) -> {
			if (other.channel().keepsHistory() && other.source() == null) {
				other.follow(ReplaySource.ofLive(position));
				all.add(other);
			}
		});
		return all;
	}

	private void send(Registration registration, Latest latest) {
		registration.accepted(latest, (entry) -> true).forEach((frame) -> this.outlet.input().push(frame.withoutId()));
	}

	/**
	 * The log has lost events, or this node has missed them. In the shard, at the place
	 * of these events.
	 */
	void lost(LogLoss loss) {
		Position position = loss.position();
		ResetReason reason = loss.reason();
		List<Registration> replayed = new ArrayList<>();
		List<Registration> live = new ArrayList<>();
		this.outlet.registrations().forEach((registration) -> {
			if (loss.concerns(registration)) {
				((registration.source() != null) ? replayed : live).add(registration);
			}
		});
		SessionReplay running = this.replay;
		if (running != null) {
			running.lose(replayed, position, reason);
		}
		boolean resumable = this.begun && running == null && this.outlet.keepsHistory()
				&& this.outlet.settings().trustClientEventId();
		for (int i = 0; i < live.size(); i++) {
			Registration registration = live.get(i);
			this.outlet.input()
				.reset(registration.channel().getName(), reason, (resumable && i == live.size() - 1) ? position : null);
			registration.channel().recorder().reset(reason.toString());
			registration.reset(DefaultReplay.lost(reason));
		}
	}

	/**
	 * A registration takes part no more. In the shard.
	 * @param ended whether that is because the session has ended in order, so that its
	 * replay may still be sent
	 */
	void left(Registration registration, boolean ended) {
		SessionReplay running = this.replay;
		if (running == null || this.ended) {
			registration.replay().abandon(this.outlet.executor());
		}
		else if (!ended) {
			running.remove(registration);
		}
	}

	/** The writer has written what it could. */
	void drained() {
		SessionReplay running = this.replay;
		if (running != null) {
			running.drained();
		}
	}

	/** The replay is over. In the shard. */
	void done() {
		this.replay = null;
	}

	/** Return whether the connection has ended. */
	boolean hasEnded() {
		return this.ended;
	}

	/** The connection has ended. */
	void ended() {
		this.ended = true;
		if (isReplaying()) {
			this.outlet.order().submit(() -> {
				SessionReplay running = this.replay;
				if (running != null) {
					running.cancel();
				}
			});
		}
	}

}
