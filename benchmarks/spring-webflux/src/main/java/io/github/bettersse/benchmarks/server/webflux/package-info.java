/**
 * Spring WebFlux as a server under test.
 */
@NullMarked
package io.github.bettersse.benchmarks.server.webflux;

import org.jspecify.annotations.NullMarked;
