/**
 * What a process has used, as the kernel counts it.
 */
@NullMarked
package io.github.bettersse.benchmarks.process;

import org.jspecify.annotations.NullMarked;
