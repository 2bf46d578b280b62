/**
 * Auto-configuration for Jetty.
 */
@NullMarked
package io.github.bettersse.autoconfigure.jetty;

import org.jspecify.annotations.NullMarked;
