package io.github.bettersse.eventlog;

import java.util.List;
import java.util.Set;

/**
 * A part of what a log retains.
 *
 * @param entries events of several channels, in the order of the log
 * @param trimmed the channels that have lost events after the position asked for; none of
 * their events is among the entries
 * @param last whether there are no more up to the position asked for
 */
public record LogPage(List<LogEntry> entries, Set<String> trimmed, boolean last) {
}
