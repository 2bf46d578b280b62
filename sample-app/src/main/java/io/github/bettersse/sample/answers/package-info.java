/**
 * Answers that come word by word, as those of language models do: no faster than they are
 * read, until they are stopped, and from where they were when they are cut.
 */
@NullMarked
package io.github.bettersse.sample.answers;

import org.jspecify.annotations.NullMarked;
