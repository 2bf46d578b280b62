/**
 * Streams behind Spring Security as Spring Boot sets it up.
 */
@NullMarked
package io.github.bettersse.secured;

import org.jspecify.annotations.NullMarked;
