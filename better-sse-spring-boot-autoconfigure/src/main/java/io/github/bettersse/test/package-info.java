/**
 * What applications test their event streams with.
 */
@NullMarked
package io.github.bettersse.test;

import org.jspecify.annotations.NullMarked;
