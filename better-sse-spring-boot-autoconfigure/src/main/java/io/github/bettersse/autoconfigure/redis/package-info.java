/**
 * Auto-configuration of the event log on Redis.
 */
@NullMarked
package io.github.bettersse.autoconfigure.redis;

import org.jspecify.annotations.NullMarked;
