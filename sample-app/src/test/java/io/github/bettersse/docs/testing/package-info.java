/**
 * A small application and its tests, as the documentation shows them.
 */
@NullMarked
package io.github.bettersse.docs.testing;

import org.jspecify.annotations.NullMarked;
