/**
 * Meters and observations of sessions, channels and broadcasts, by Micrometer.
 */
@NullMarked
package io.github.bettersse.metrics;

import org.jspecify.annotations.NullMarked;
