package io.github.bettersse.redis;

import org.springframework.data.redis.connection.ReturnType;

/**
 * Writes records into a log that no node of this release writes, each at the next place.
 */
final class ForeignRecords {

	/** What another one writes. */
	static final byte[] OTHER_VERSION = { 2, 'E' };

	private static final String SCRIPT = """
			local epoch = redis.call('HGET', KEYS[1], 'epoch')
			local seq, sub = tonumber(redis.call('HGET', KEYS[1], 'seq')), 0
			if ARGV[1] == 'event' then
			  seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
			else
			  sub = redis.call('HGET', KEYS[1], 'sub') + 1
			end
			redis.call('HSET', KEYS[1], 'sub', sub)
			local mark = ARGV[2] == '' and epoch .. ' ' .. redis.call('TIME')[1] .. '000 0' or ARGV[2]
			redis.call('XADD', KEYS[2], seq .. '-' .. sub, 'm', mark, ARGV[5], ARGV[4])
			if ARGV[3] ~= '' then
			  redis.call('XADD', KEYS[3], seq .. '-0', 'm', mark, 'r', ARGV[4])
			  redis.call('ZADD', KEYS[4], seq, ARGV[3])
			end
			return seq
			""";

	private final LogKeys keys;

	ForeignRecords(LogKeys keys) {
		this.keys = keys;
	}

	/** Add an event of a channel that keeps history, "" for one that does not. */
	void addEvent(String channel, byte[] content) {
		add("event", "", channel, "r", content);
	}

	/** Add an event with another mark. */
	void addMarked(String mark, String channel, byte[] content) {
		add("event", mark, channel, "r", content);
	}

	/** Add a record that is no event. */
	void addOther(String mark, byte[] content) {
		add("other", mark, "", "r", content);
	}

	/** Add the begin of an epoch. */
	void addBegin(String begin) {
		add("other", "", "", "b", LogKeys.bytes(begin));
	}

	private void add(String kind, String mark, String channel, String field, byte[] content) {
		SharedRedis.server().with((connection) -> {
			String life = LogKeys.text(connection.hashCommands().hGet(this.keys.state(), LogKeys.bytes("life")));
			return connection.scriptingCommands()
				.<Long>eval(LogKeys.bytes(SCRIPT), ReturnType.INTEGER, 4, this.keys.state(), this.keys.stream(),
						this.keys.history(life, channel), this.keys.names(life), LogKeys.bytes(kind),
						LogKeys.bytes(mark), LogKeys.bytes(channel), content, LogKeys.bytes(field));
		});
	}

}
