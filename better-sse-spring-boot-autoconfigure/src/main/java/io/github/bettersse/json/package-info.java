/**
 * Data to JSON.
 */
@NullMarked
package io.github.bettersse.json;

import org.jspecify.annotations.NullMarked;
