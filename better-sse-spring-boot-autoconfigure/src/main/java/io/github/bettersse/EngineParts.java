package io.github.bettersse;

import java.util.concurrent.Executor;

import io.github.bettersse.event.EventEncoder;
import io.github.bettersse.event.Frame;
import io.github.bettersse.eventlog.EventLog;

/**
 * What sessions and channels share.
 *
 * @param encoder encodes broadcasts
 * @param log orders broadcasts
 * @param follower hands them to their channels
 * @param historyRules say what channels keep
 * @param backlog bounds what waits in the shards
 * @param shards deliver broadcasts
 * @param executor runs listeners
 * @param context is around what it runs for a session
 * @param timer keeps the time
 * @param sessions the sessions of this node
 * @param slots bound their number
 * @param lifecycleListener hears of all sessions
 * @param recorder counts and times
 * @param failures are those of the application's code
 * @param access decides who may be in a channel
 * @param disconnectFrame tells a client not to come back
 */
record EngineParts(EventEncoder encoder, EventLog log, LogFollower follower, HistoryRules historyRules, Backlog backlog,
		DeliveryShards shards, Executor executor, SessionContext context, Timer timer, LiveSessions sessions,
		SessionSlots slots, SessionLifecycleListener lifecycleListener, EngineRecorder recorder, Failures failures,
		ChannelAccess access, Frame disconnectFrame) {
}
