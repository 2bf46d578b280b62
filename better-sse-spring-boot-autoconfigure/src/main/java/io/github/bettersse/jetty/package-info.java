/**
 * What Jetty can do beyond the Servlet API: hand a connection over.
 */
@NullMarked
package io.github.bettersse.jetty;

import org.jspecify.annotations.NullMarked;
