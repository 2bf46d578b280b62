/**
 * Spring MVC as a server under test, without this library.
 */
@NullMarked
package io.github.bettersse.benchmarks.server.springmvc;

import org.jspecify.annotations.NullMarked;
