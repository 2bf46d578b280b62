/**
 * The <a href=
 * "https://html.spec.whatwg.org/multipage/server-sent-events.html">text/event-stream
 * format</a>: what an event is, and its bytes. An
 * {@link io.github.bettersse.event.SseEvent} says what is sent, a
 * {@link io.github.bettersse.event.DataSerializer} turns its data into text, an
 * {@link io.github.bettersse.event.EventEncoder} or an
 * {@link io.github.bettersse.event.EventBuffer} frames it, and a
 * {@link io.github.bettersse.event.Frame} is the result. Whatever the input, it can forge
 * neither a field nor an event.
 */
@NullMarked
package io.github.bettersse.event;

import org.jspecify.annotations.NullMarked;
