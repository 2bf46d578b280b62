/**
 * Auto-configuration for Jackson.
 */
@NullMarked
package io.github.bettersse.autoconfigure.jackson;

import org.jspecify.annotations.NullMarked;
