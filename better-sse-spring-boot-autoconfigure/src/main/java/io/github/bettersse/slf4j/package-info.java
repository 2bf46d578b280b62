/**
 * The id of a session in the logging context of its tasks.
 */
@NullMarked
package io.github.bettersse.slf4j;

import org.jspecify.annotations.NullMarked;
