/**
 * Auto-configuration for the embedded web server.
 */
@NullMarked
package io.github.bettersse.autoconfigure.server;

import org.jspecify.annotations.NullMarked;
