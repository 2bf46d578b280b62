package io.github.bettersse.sample.chat;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said.
 *
 * @param from who has said it
 * @param text what
 * @param time when
 * @param node the node of a cluster that has published it, {@code null} without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatMessage(String from, String text, Instant time, @Nullable String node) {
}
