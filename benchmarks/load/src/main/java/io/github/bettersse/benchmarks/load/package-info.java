/**
 * The load client: opens event streams, triggers broadcasts and checks each stream.
 */
@NullMarked
package io.github.bettersse.benchmarks.load;

import org.jspecify.annotations.NullMarked;
