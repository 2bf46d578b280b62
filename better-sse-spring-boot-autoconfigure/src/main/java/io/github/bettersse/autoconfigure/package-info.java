/**
 * Auto-configuration of sessions and channels.
 */
@NullMarked
package io.github.bettersse.autoconfigure;

import org.jspecify.annotations.NullMarked;
