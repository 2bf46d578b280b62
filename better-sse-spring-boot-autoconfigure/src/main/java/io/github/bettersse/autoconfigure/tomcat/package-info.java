/**
 * Auto-configuration for Tomcat.
 */
@NullMarked
package io.github.bettersse.autoconfigure.tomcat;

import org.jspecify.annotations.NullMarked;
