/**
 * The library in the life of a Spring application context.
 */
@NullMarked
package io.github.bettersse.context;

import org.jspecify.annotations.NullMarked;
