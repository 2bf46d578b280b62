package io.github.bettersse;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogPage;
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

	private final SessionOutlet outlet;

	private final SendQueue queue;

	private final EngineParts parts;

	private final AtomicBoolean requested = new AtomicBoolean();

	/** Those to begin with. */
	private Collection<Registration> gathered;

	private final Map<String, Registration> registrations = new LinkedHashMap<>();

	private final Map<String, ReplaySource> sources = new LinkedHashMap<>();

	private final long window;

	/** Up to where all was sent that is sent with ids. */
	private @Nullable Position progress;

	/** The last position that was sent to the client as an id. */
	private @Nullable Position cursor;

	/** Whether the client was told that events are lost. */
	private boolean reset;

	/** Whether events were filtered away since then. */
	private boolean skipped;

	private boolean ended;

	SessionReplay(SessionOutlet outlet, SendQueue queue, EngineParts parts, Collection<Registration> gathered) {
		this.outlet = outlet;
		this.queue = queue;
		this.parts = parts;
		this.gathered = gathered;
		this.window = Math.max(1, Math.min(MAX_WINDOW, outlet.settings().maxQueueSize() / 2));
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
	 * Read on up to a bound.
	 * @param latest by channel: what newcomers get at the bound
	 */
	void step(Position bound, Map<String, Latest> latest) {
		start(bound);
		if (this.outlet.history().hasEnded()) {
			cancel();
		}
		while (!this.ended && this.queue.aheadSize() < this.window) {
			LogPage page = this.parts.log().read(positions(), bound, this.window / 2);
			page.trimmed().forEach((channel) -> source(channel).lose(ResetReason.TRIMMED));
			tellLost();
			page.entries().forEach(this::send);
			if (page.last()) {
				handOver(bound, latest);
			}
		}
		this.outlet.input().drain();
	}

	private void start(Position bound) {
		if (this.progress == null) {
			this.gathered.forEach(this::put);
			this.gathered = List.of();
			this.progress = this.sources.values()
				.stream()
				.filter(ReplaySource::isWithIds)
				.map(ReplaySource::after)
				.filter(Objects::nonNull)
				.min(Comparator.naturalOrder())
				.orElse(bound);
			tellLost();
		}
	}

	/** Let a later registration take part. */
	void add(Registration registration) {
		put(registration);
		tellLost();
	}

	private void put(Registration registration) {
		ReplaySource source = registration.source();
		if (source != null) {
			String channel = registration.channel().getName();
			this.registrations.put(channel, registration);
			this.sources.put(channel, source);
			source.start(channel, this.parts.log());
		}
	}

	/** Let a registration take part no more. */
	void remove(Registration registration) {
		String channel = registration.channel().getName();
		if (this.registrations.remove(channel, registration)) {
			this.sources.remove(channel);
		}
		registration.replay().abandon(this.outlet.executor());
	}

	private Map<String, Position> positions() {
		Map<String, Position> positions = new HashMap<>();
		this.sources.forEach((channel, source) -> {
			Position after = source.after();
			if (after != null) {
				positions.put(channel, after);
			}
		});
		return positions;
	}

	private ReplaySource source(String channel) {
		return Objects.requireNonNull(this.sources.get(channel));
	}

	private void send(LogEntry entry) {
		Registration registration = Objects.requireNonNull(this.registrations.get(entry.channel()));
		ReplaySource source = source(entry.channel());
		source.passed(entry.position());
		if (entry.position().compareTo(progress()) > 0) {
			this.progress = entry.position();
		}
		if (!registration.accepts(entry)) {
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
	private void tellLost() {
		List<String> lost = this.sources.keySet()
			.stream()
			.filter((channel) -> source(channel).untold() != null)
			.toList();
		for (int i = 0; i < lost.size(); i++) {
			tellLost(lost.get(i), (i == lost.size() - 1) ? progress() : null);
		}
	}

	private void tellLost(String channel, @Nullable Position position) {
		ReplaySource source = source(channel);
		ResetReason reason = Objects.requireNonNull(source.untold());
		source.told();
		source.replay().reset(reason);
		this.reset = true;
		this.queue.offerAhead(ControlFrames.reset(channel, reason, position));
		if (position != null) {
			told(position);
		}
		Objects.requireNonNull(this.registrations.get(channel)).reset();
	}

	/** All up to the bound was read: live events follow. */
	private void handOver(Position bound, Map<String, Latest> latest) {
		if (this.outlet.settings().trustClientEventId() && isCursorDue(bound)) {
			this.queue.offerAhead(ControlFrames.cursor(bound));
			told(bound);
		}
		this.registrations.forEach((channel, registration) -> {
			ReplaySource source = source(channel);
			if (source.isNewcomer()) {
				registration.accepted(latest.getOrDefault(channel, Latest.NONE), (entry) -> !source.isRead(entry))
					.forEach((frame) -> this.queue.offerAhead(frame.withoutId()));
			}
		});
		this.queue.stripIds();
		this.queue.release(bound.sequence(), !this.skipped);
		end();
		this.sources.values().forEach((source) -> source.replay().finish(this.outlet.executor()));
	}

	/**
	 * Return whether the client has no position of the log yet, or none from where it
	 * would not be told again what it was told now.
	 */
	private boolean isCursorDue(Position bound) {
		if (!this.sources.values().stream().allMatch(ReplaySource::isWithIds)) {
			return true;
		}
		if (this.cursor == null) {
			return this.sources.values().stream().noneMatch(ReplaySource::isOfClient);
		}
		return this.reset && !this.cursor.equals(bound);
	}

	/** The connection has ended. */
	void cancel() {
		end();
		this.sources.values().forEach((source) -> source.replay().abandon(this.outlet.executor()));
	}

	private void end() {
		this.ended = true;
		this.registrations.values().forEach(Registration::goLive);
		this.outlet.history().done();
	}

}
