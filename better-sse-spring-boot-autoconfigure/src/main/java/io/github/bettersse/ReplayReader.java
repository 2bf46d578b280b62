package io.github.bettersse;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.github.bettersse.eventlog.EventLog;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogPage;
import io.github.bettersse.eventlog.Position;
import io.github.bettersse.eventlog.ResetReason;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log for the registrations of one session, in the order of the log. Not
 * thread-safe.
 */
final class ReplayReader {

	private final EventLog log;

	private final Map<String, Registration> registrations = new LinkedHashMap<>();

	private final Map<String, ReplaySource> sources = new LinkedHashMap<>();

	/** What was read and not yet taken. */
	private final Deque<LogEntry> pending = new ArrayDeque<>();

	ReplayReader(EventLog log) {
		this.log = log;
	}

	/** Read for a registration too, unless it gets all live. */
	void add(Registration registration) {
		ReplaySource source = registration.source();
		if (source != null) {
			String channel = registration.channel().getName();
			this.registrations.put(channel, registration);
			this.sources.put(channel, source);
			source.start(channel, this.log);
		}
	}

	/** Read no more for a registration. */
	void remove(Registration registration) {
		String channel = registration.channel().getName();
		if (this.registrations.remove(channel, registration)) {
			this.sources.remove(channel);
			this.pending.removeIf((entry) -> entry.channel().equals(channel));
		}
	}

	/**
	 * Events are lost that should have been read for a registration, all up to a
	 * position.
	 */
	void lose(Registration registration, Position position, ResetReason reason) {
		String channel = registration.channel().getName();
		ReplaySource source = this.sources.get(channel);
		if (source != null && (source.after() == null || source.after().compareTo(position) < 0)) {
			this.pending.removeIf((entry) -> entry.channel().equals(channel));
			source.lose(reason);
		}
	}

	/** Return the first position after which there may be events to send with ids. */
	@Nullable Position start() {
		return this.sources.values()
			.stream()
			.filter(ReplaySource::isWithIds)
			.map(ReplaySource::after)
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * Read on.
	 * @param bound the position of the last event to read
	 * @param maxSize about how many bytes to read
	 * @return whether that was all
	 */
	boolean readUpTo(Position bound, long maxSize) {
		Map<String, Position> positions = new HashMap<>();
		this.sources.forEach((channel, source) -> {
			Position after = source.after();
			if (after != null) {
				positions.put(channel, after);
			}
		});
		LogPage page = this.log.read(positions, bound, maxSize);
		page.trimmed().forEach((channel) -> source(channel).lose(ResetReason.TRIMMED));
		page.entries().forEach((entry) -> source(entry.channel()).passed(entry.position()));
		this.pending.addAll(page.entries());
		return page.last();
	}

	/** Take the next event that was read, {@code null} if there is none. */
	@Nullable LogEntry poll() {
		return this.pending.poll();
	}

	/** Return those whose clients have still to be told that events are lost. */
	List<Registration> lost() {
		return this.registrations.values()
			.stream()
			.filter((registration) -> source(registration.channel().getName()).isUntold())
			.toList();
	}

	ReplaySource source(String channel) {
		return Objects.requireNonNull(this.sources.get(channel));
	}

	Collection<ReplaySource> sources() {
		return this.sources.values();
	}

	Registration registration(String channel) {
		return Objects.requireNonNull(this.registrations.get(channel));
	}

	void forEach(BiConsumer<Registration, ReplaySource> action) {
		this.registrations.forEach((channel, registration) -> action.accept(registration, source(channel)));
	}

}
