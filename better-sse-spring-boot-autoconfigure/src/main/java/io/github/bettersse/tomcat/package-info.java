/**
 * What Tomcat can do beyond the Servlet API.
 */
@NullMarked
package io.github.bettersse.tomcat;

import org.jspecify.annotations.NullMarked;
