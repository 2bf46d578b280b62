/**
 * The event log on Redis Streams: one log for any number of nodes.
 */
@NullMarked
package io.github.bettersse.redis;

import org.jspecify.annotations.NullMarked;
