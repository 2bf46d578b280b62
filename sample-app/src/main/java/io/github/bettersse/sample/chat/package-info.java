/**
 * A chat: sessions with typed state, and names that belong to one person at a time.
 */
@NullMarked
package io.github.bettersse.sample.chat;

import org.jspecify.annotations.NullMarked;
