package io.github.bettersse.sample.chat;

import java.time.Instant;

record ChatMessage(String from, String text, Instant time) {
}
