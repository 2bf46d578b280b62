/**
 * One number, the same in every open tab.
 */
@NullMarked
package io.github.bettersse.sample.ticker;

import org.jspecify.annotations.NullMarked;
