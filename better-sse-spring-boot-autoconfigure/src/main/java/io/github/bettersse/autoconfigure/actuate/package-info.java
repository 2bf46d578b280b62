/**
 * Auto-configuration for Spring Boot Actuator.
 */
@NullMarked
package io.github.bettersse.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
