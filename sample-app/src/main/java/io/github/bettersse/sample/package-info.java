/**
 * The sample application: one page that shows the starter at work.
 */
@NullMarked
package io.github.bettersse.sample;

import org.jspecify.annotations.NullMarked;
