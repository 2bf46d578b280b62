/**
 * What a node of a cluster knows of itself.
 */
@NullMarked
package io.github.bettersse.sample.node;

import org.jspecify.annotations.NullMarked;
