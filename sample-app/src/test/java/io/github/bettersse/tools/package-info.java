/**
 * What tests use that is installed on the machine.
 */
@NullMarked
package io.github.bettersse.tools;

import org.jspecify.annotations.NullMarked;
