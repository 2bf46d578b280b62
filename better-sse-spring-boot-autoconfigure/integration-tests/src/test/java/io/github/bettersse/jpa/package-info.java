/**
 * Streams in an application with a database.
 */
@NullMarked
package io.github.bettersse.jpa;

import org.jspecify.annotations.NullMarked;
