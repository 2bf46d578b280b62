/**
 * The command that measures servers in turn and writes tables.
 */
@NullMarked
package io.github.bettersse.benchmarks.run;

import org.jspecify.annotations.NullMarked;
