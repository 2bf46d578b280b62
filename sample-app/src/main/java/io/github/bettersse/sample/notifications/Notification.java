package io.github.bettersse.sample.notifications;

import java.time.Instant;

record Notification(String from, String text, Instant time) {
}
