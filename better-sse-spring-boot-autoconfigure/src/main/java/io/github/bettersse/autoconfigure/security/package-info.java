/**
 * Auto-configuration for Spring Security.
 */
@NullMarked
package io.github.bettersse.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
