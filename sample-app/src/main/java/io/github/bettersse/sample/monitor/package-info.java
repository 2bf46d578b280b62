/**
 * What the server's own JVM uses, measured while somebody looks.
 */
@NullMarked
package io.github.bettersse.sample.monitor;

import org.jspecify.annotations.NullMarked;
