/**
 * Open sessions and channels as an Actuator endpoint.
 */
@NullMarked
package io.github.bettersse.actuate;

import org.jspecify.annotations.NullMarked;
