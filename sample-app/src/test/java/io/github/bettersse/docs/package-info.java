/**
 * Keeps the documentation true: what it shows is compiled, run and compared.
 */
@NullMarked
package io.github.bettersse.docs;

import org.jspecify.annotations.NullMarked;
