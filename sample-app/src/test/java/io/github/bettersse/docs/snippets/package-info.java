/**
 * The Java snippets of the documentation, as a test runs them.
 */
@NullMarked
package io.github.bettersse.docs.snippets;

import org.jspecify.annotations.NullMarked;
