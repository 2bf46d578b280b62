package io.github.bettersse;

/**
 * A node that follows the same log as this one, as it said itself about a second ago.
 * Immutable, thread-safe.
 *
 * @param id its id, new with every start
 * @param name its name
 * @param sessionCount how many sessions are open there
 * @param lag how many events it was behind the log; of one that has said nothing for two
 * seconds how many there are that it had not read then
 */
public record SseNode(String id, String name, int sessionCount, long lag) {
}
