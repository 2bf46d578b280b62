/**
 * Nodes that share a Redis, as a server under test.
 */
@NullMarked
package io.github.bettersse.benchmarks.server.redis;

import org.jspecify.annotations.NullMarked;
