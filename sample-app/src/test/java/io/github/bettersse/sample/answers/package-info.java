@NullMarked
package io.github.bettersse.sample.answers;

import org.jspecify.annotations.NullMarked;
