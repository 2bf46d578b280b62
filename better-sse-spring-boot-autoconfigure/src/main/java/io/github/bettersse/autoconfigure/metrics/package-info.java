/**
 * Auto-configuration for Micrometer.
 */
@NullMarked
package io.github.bettersse.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
