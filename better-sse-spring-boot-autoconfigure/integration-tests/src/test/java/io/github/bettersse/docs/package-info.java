/**
 * What the documentation shows of applications with Spring Security.
 */
@NullMarked
package io.github.bettersse.docs;

import org.jspecify.annotations.NullMarked;
