/**
 * What Spring Boot Actuator shows of sessions and channels: endpoints, health and info.
 */
@NullMarked
package io.github.bettersse.actuate;

import org.jspecify.annotations.NullMarked;
