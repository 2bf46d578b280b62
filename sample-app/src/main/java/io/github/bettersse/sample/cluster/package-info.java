/**
 * Three nodes of the sample, each a process of its own, with a Redis between them and one
 * address in front. None of this is part of a node.
 */
@NullMarked
package io.github.bettersse.sample.cluster;

import org.jspecify.annotations.NullMarked;
