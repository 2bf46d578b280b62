/**
 * What Tomcat can do beyond the Servlet API: cut a connection, and hand one over.
 */
@NullMarked
package io.github.bettersse.tomcat;

import org.jspecify.annotations.NullMarked;
