/**
 * The ordered log of broadcast events: the one abstraction behind delivery, history and
 * clustering.
 */
@NullMarked
package io.github.bettersse.eventlog;

import org.jspecify.annotations.NullMarked;
