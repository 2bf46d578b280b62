package io.github.bettersse.redis;

import io.github.bettersse.eventlog.LogContents;
import io.github.bettersse.eventlog.LogEntry;
import io.github.bettersse.eventlog.LogView;
import io.github.bettersse.eventlog.Position;

/**
 * Reads the stream on, record by record, from where this node has come to. A lost link
 * loses nothing: the next read begins where the last one ended.
 *
 * <pre>
 *              +-- the next record in its place
 *              v                |
 *   behind --loaded--&gt; in step -+
 *     ^                   |
 *     +-------------------+  a record is missing: trimmed while this node was away
 *                         |  another epoch, and twice no record that leads there
 *                         |  an epoch ended before what this node has read, or was acknowledged
 *                         +--an epoch begins with nothing in it--&gt; in step, all clients are told
 * </pre>
 *
 * An event that cannot be read is lost to this node, and its clients are told. A record
 * without its mark is taken for the next one if its id is, and else passed over.
 *
 * Nothing new for a moment: the script is asked whether the log is still the one that was
 * read, since a log that was emptied or has gone back is silent. For one thread at a
 * time.
 */
final class LogTail implements ReadBurst.Target {

	private final LogScript script;

	private final LogLoader loader;

	private final RecordReader reader;

	private final LogView view;

	private final Acknowledged acknowledged;

	private final byte[] stream;

	private String lastId;

	private long sub;

	private boolean behind;

	/** Whether the log was found to be another one, unless the stream leads there. */
	private boolean suspect;

	LogTail(LogScript script, LogLoader loader, RecordReader reader, LogView view, Acknowledged acknowledged,
			byte[] stream, LogState start) {
		this.script = script;
		this.loader = loader;
		this.reader = reader;
		this.view = view;
		this.acknowledged = acknowledged;
		this.stream = stream;
		this.lastId = start.streamId();
		this.sub = start.sub();
	}

	/** Read what there is, or wait a moment for it. */
	void run(RedisLink link) throws Exception {
		if (this.behind) {
			catchUp(link);
		}
		this.view.awaitRoom();
		if (new ReadBurst(link.commands(), this.stream, this).run()) {
			LogState state = this.script.look(link, this.view.getPosition(), "");
			boolean other = !state.position().epoch().equals(this.view.getPosition().epoch())
					|| state.position().sequence() < this.view.getPosition().sequence();
			this.behind = other && this.suspect;
			this.suspect = other;
		}
	}

	@Override
	public String lastId() {
		return this.lastId;
	}

	@Override
	public boolean take(StreamRecord record) {
		this.suspect = false;
		Position position = this.view.getPosition();
		boolean taken;
		if (!record.isMarked()) {
			pass(record, position);
			return true;
		}
		if (record.begin() != null) {
			taken = begin(record, record.begin().split(" "), position);
		}
		else if (record.sub() == 0) {
			taken = record.position().equals(position.next());
		}
		else {
			taken = record.position().equals(position) && record.sub() == this.sub + 1;
		}
		if (taken) {
			this.lastId = record.id();
			this.sub = record.sub();
			if (record.begin() == null) {
				apply(record);
			}
			this.acknowledged.read(this.view.getPosition(), this.sub);
		}
		else {
			this.behind = true;
		}
		return taken;
	}

	private void pass(StreamRecord record, Position position) {
		this.reader.skipped(record.unmarked());
		this.lastId = record.id();
		if (record.sub() == 0 && record.position().sequence() == position.sequence() + 1) {
			this.sub = 0;
			this.view.skip(position.next(), null);
		}
		else if (record.position().sequence() == position.sequence() && record.sub() == this.sub + 1) {
			this.sub = record.sub();
		}
		this.acknowledged.read(this.view.getPosition(), this.sub);
	}

	private boolean begin(StreamRecord record, String[] begin, Position position) {
		String parent = begin[1];
		long end = Long.parseLong(begin[2]);
		long seen = Long.parseLong(begin[3]);
		long newest = this.acknowledged.newestIn(position.epoch());
		String epoch = record.position().epoch();
		if (begin[0].equals("restarted")) {
			if (newest > (position.epoch().equals(parent) ? Math.max(end, seen) : 0)) {
				return false;
			}
			this.acknowledged.forget(position.epoch());
			this.view.restartAt(record.position());
			return true;
		}
		if (newest > end || !position.epoch().equals(parent) || position.sequence() != end) {
			return false;
		}
		this.acknowledged.continueIn(parent, epoch);
		this.view.continueAt(record.position());
		return true;
	}

	private void apply(StreamRecord record) {
		LogRecord content = this.reader.read(record.content());
		if (record.sub() == 0) {
			if (content instanceof LogRecord.Event event) {
				LogEntry entry = event.at(record.position());
				this.view.add(entry, event.retention());
			}
			else {
				this.view.skip(record.position(), this.reader.channelOf(record.content()));
			}
		}
		else if (content instanceof LogRecord.Forget forget) {
			this.view.forget(forget.channel(), forget.upTo());
		}
		else if (content instanceof LogRecord.GivenIds ids && !ids.node().equals(this.script.node())) {
			ids.positions().forEach(this.view::remember);
		}
		else if (content instanceof LogRecord.Signal signal) {
			this.view.tell(signal.content());
		}
	}

	/**
	 * Load what the log knows now. It is ended first if it has gone back behind this
	 * node, or if it lacks what was acknowledged here and nobody has been told.
	 */
	private void catchUp(RedisLink link) {
		Position position = this.view.getPosition();
		LogState state = this.script.look(link, position, "");
		LogState found = state;
		boolean told = this.acknowledged.newest()
			.stream()
			.allMatch((newest) -> newest.epoch().equals(found.position().epoch()) || found.covers(newest)
					|| found.contains(newest));
		if (!told || state.position().sequence() < position.sequence()) {
			state = this.script.look(link, position, state.position().epoch());
		}
		LogContents contents = this.loader.load(link.connection(), state);
		for (Position newest : this.acknowledged.newest()) {
			if (newest.epoch().equals(state.position().epoch()) || contents.contains(newest)) {
				this.acknowledged.continueIn(newest.epoch(), state.position().epoch());
			}
			else {
				this.acknowledged.forget(newest.epoch());
			}
		}
		this.view.replace(contents);
		this.lastId = state.streamId();
		this.sub = state.sub();
		this.behind = false;
		this.acknowledged.read(this.view.getPosition(), this.sub);
	}

}
