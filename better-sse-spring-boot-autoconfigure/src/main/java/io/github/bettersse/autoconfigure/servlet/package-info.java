/**
 * Auto-configuration for the Servlet API.
 */
@NullMarked
package io.github.bettersse.autoconfigure.servlet;

import org.jspecify.annotations.NullMarked;
