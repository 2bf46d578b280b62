@NullMarked
package io.github.bettersse.sample;

import org.jspecify.annotations.NullMarked;
