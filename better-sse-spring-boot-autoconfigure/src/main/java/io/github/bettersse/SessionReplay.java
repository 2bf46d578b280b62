package io.github.bettersse;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * One replay of history to one session: reads the log page by page, as the socket takes
 * it, and hands over to live events.
 *
 * <pre>
 *   request  --(between two events of the log)--&gt;  a step in the shard, bounded by that position
 *   step     reads on, up to its bound            window full: request again when the socket has taken half
 *                                                 bound reached: hand over
 * </pre>
 *
 * The hand-over is exact because a step knows its place: in the shard, all deliveries up
 * to its bound came before it and all others come after it. Those before were ignored,
 * since the log is read up to the bound; from the hand-over on they are taken. So no
 * position of a live event is ever compared. All but {@link #request} is for the shard.
 */
final class SessionReplay {

	/** How much may wait for the socket, unless that is more than half of its queue. */
	private static final long MAX_WINDOW = 32 * 1024;

	/** How much is read ahead, so that a short history is not trimmed meanwhile. */
	private static final long READ_AHEAD = 64 * 1024;

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private final EngineParts parts;

	private final AtomicBoolean requested = new AtomicBoolean();

	private final ReplayReader reader;

	private final long window;

	/** Up to where all was sent that is sent with ids. */
	private @Nullable Position progress;

	/** The last position that was sent to the client as an id. */
	private @Nullable Position cursor;

	/** Whether the client was told that events are lost. */
	private boolean reset;

	/** Whether events were filtered away since then. */
	private boolean skipped;

	/** Why it could not begin. */
	private @Nullable RuntimeException failure;

	private boolean ended;

	SessionReplay(SessionOutlet outlet, SendQueue queue, EngineParts parts) {
		this.outlet = outlet;
		this.queue = queue;
		this.parts = parts;
		this.reader = new ReplayReader(parts.log());
		this.window = Math.max(1, Math.min(MAX_WINDOW, outlet.settings().queueBound().maxSize() / 2));
	}

	/**
	 * Begin with some registrations. By the handler's thread before the first request, or
	 * in the shard before the first step, which fails if this does.
	 * @param bound not after that of the first step
	 */
	void begin(Collection<Registration> registrations, Position bound) {
		try {
			registrations.forEach(this.reader::add);
			this.progress = this.reader.start();
			this.reader.readUpTo(bound, READ_AHEAD);
		}
		catch (RuntimeException ex) {
			this.failure = ex;
		}
	}

	/** Let the shard read on, unless it is about to. On any thread. */
	void request() {
		if (this.requested.compareAndSet(false, true)) {
			this.outlet.order().submit(this.parts.follower(), (position) -> {
				Map<String, Latest> latest = new HashMap<>();
				this.outlet.registrations()
					.forEach((registration) -> latest.put(registration.channel().getName(),
							registration.channel().latest()));
				return () -> {
					this.requested.set(false);
					step(position, latest);
				};
			});
		}
	}

	/** The writer has written what it could: read on if there is room. On any thread. */
	void drained() {
		if (this.queue.aheadSize() <= this.window / 2) {
			request();
		}
	}

	/**
	 * Read on up to a bound. If that fails the session ends, so that its client comes
	 * back.
	 * @param latest by channel: what newcomers get at the bound
	 */
	void step(Position bound, Map<String, Latest> latest) {
		try {
			readOn(bound, latest);
		}
		catch (Throwable ex) {
			this.ended = true;
			this.outlet.abort(DisconnectReason.ERROR);
			throw ex;
		}
	}

	private void readOn(Position bound, Map<String, Latest> latest) {
		if (this.ended || this.outlet.history().hasEnded()) {
			cancel();
			return;
		}
		if (this.failure != null) {
			throw this.failure;
		}
		this.progress = (this.progress != null) ? this.progress : bound;
		tellLost(bound);
		boolean last = false;
		while (!this.ended && this.queue.aheadSize() < this.window) {
			LogEntry next = this.reader.poll();
			if (next != null) {
				send(next);
			}
			else if (!last) {
				last = this.reader.readUpTo(bound, this.window / 2);
				tellLost(bound);
			}
			else {
				handOver(bound, latest);
			}
		}
		this.outlet.input().drain();
	}

	/** Let a later registration take part. */
	void add(Registration registration, Position position) {
		this.reader.add(registration);
		tellLost(position);
	}

	/** Events of some channels are lost that should have been read. */
	void lose(Collection<Registration> registrations, Position position, ResetReason reason) {
		registrations.forEach((registration) -> this.reader.lose(registration, position, reason));
		if (this.progress != null) {
			this.progress = Objects.requireNonNullElse(this.reader.start(), position);
			tellLost(position);
		}
	}

	/** Let a registration take part no more. */
	void remove(Registration registration) {
		this.reader.remove(registration);
		registration.replay().abandon(this.outlet.executor());
	}

	private void send(LogEntry entry) {
		ReplaySource source = this.reader.source(entry.channel());
		if (entry.position().compareTo(progress()) > 0) {
			this.progress = entry.position();
		}
		if (!this.reader.registration(entry.channel()).accepts(entry)) {
			this.skipped = true;
			return;
		}
		if (source.isHistory(entry)) {
			source.replay().count();
		}
		if (source.carriesId(entry)) {
			this.queue.offerAhead(entry.frame());
			told(entry.position());
		}
		else {
			this.queue.offerAhead(entry.frame().withoutId());
		}
	}

	/** The client has an id of this log. */
	private void told(Position position) {
		this.cursor = position;
		this.skipped = false;
	}

	private Position progress() {
		return Objects.requireNonNull(this.progress);
	}

	/**
	 * Tell the client what is lost before it gets an id beyond that, with which it would
	 * come back as if it had all. It may be cut between two resets too: only the last one
	 * carries an id.
	 */
	private void tellLost(Position bound) {
		List<Registration> lost = this.reader.lost();
		for (int i = 0; i < lost.size(); i++) {
			tellLost(lost.get(i), bound, (i == lost.size() - 1) ? this.progress : null);
		}
	}

	private void tellLost(Registration registration, Position bound, @Nullable Position position) {
		String channel = registration.channel().getName();
		ResetReason reason = this.reader.source(channel).tell(bound);
		registration.channel().recorder().reset(reason.toString());
		this.reset = true;
		this.outlet.log().debug(() -> "is told that events of channel '" + channel + "' are lost: " + reason);
		this.queue.offerAhead(ControlFrames.reset(channel, reason, position));
		if (position != null) {
			told(position);
		}
		registration.reset(registration.replay());
	}

	/** All up to the bound was read: live events follow. */
	private void handOver(Position bound, Map<String, Latest> latest) {
		if (this.outlet.settings().trustClientEventId() && isCursorDue(bound)) {
			this.queue.offerAhead(ControlFrames.cursor(bound));
			told(bound);
		}
		this.reader.forEach((registration, source) -> {
			if (source.isNewcomer()) {
				Latest values = latest.getOrDefault(registration.channel().getName(), Latest.NONE);
				registration.accepted(values, (entry) -> !source.isRead(entry))
					.forEach((frame) -> this.queue.offerAhead(frame.withoutId()));
			}
		});
		this.queue.stripIds();
		this.queue.release(bound.sequence(), !this.skipped);
		end();
		this.outlet.log().debug(() -> "has got its replay, and live events after " + bound);
		this.reader.forEach(this::finish);
	}

	private void finish(Registration registration, ReplaySource source) {
		source.replay().finish(this.outlet.executor());
		if (source.isOfClient() && source.replay().isComplete()) {
			registration.channel().recorder().resumed(source.replay().getEventCount());
		}
	}

	/**
	 * Return whether the client has no position of the log yet, or none from where it
	 * would not be told again what it was told now.
	 */
	private boolean isCursorDue(Position bound) {
		if (!this.reader.sources().stream().allMatch(ReplaySource::isWithIds)) {
			return true;
		}
		if (this.cursor == null) {
			return this.reader.sources().stream().noneMatch(ReplaySource::isOfClient);
		}
		return this.reset && !this.cursor.equals(bound);
	}

	/** The connection has ended, or will. */
	void cancel() {
		end();
		this.reader.sources().forEach((source) -> source.replay().abandon(this.outlet.executor()));
	}

	private void end() {
		this.ended = true;
		this.reader.forEach((registration, source) -> registration.goLive());
		this.outlet.history().done();
	}

}
