package io.github.bettersse.eventlog;

/**
 * A part of a log's past that is still valid: an epoch that was followed by another one
 * when nothing but its tail can have been lost.
 *
 * @param epoch the epoch
 * @param first the sequence that it began behind
 * @param last the sequence of its last event that is in the log
 */
public record LogSegment(String epoch, long first, long last) {
}
