/**
 * What the servers under test share: the trigger, the events and their end.
 */
@NullMarked
package io.github.bettersse.benchmarks.server;

import org.jspecify.annotations.NullMarked;
