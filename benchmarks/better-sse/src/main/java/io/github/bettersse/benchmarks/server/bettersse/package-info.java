/**
 * Better SSE as a server under test.
 */
@NullMarked
package io.github.bettersse.benchmarks.server.bettersse;

import org.jspecify.annotations.NullMarked;
