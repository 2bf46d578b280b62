/**
 * Auto-configuration for SLF4J.
 */
@NullMarked
package io.github.bettersse.autoconfigure.slf4j;

import org.jspecify.annotations.NullMarked;
