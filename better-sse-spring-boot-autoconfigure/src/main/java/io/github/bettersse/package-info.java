/**
 * Sessions and channels for server-sent events, and the ports to the socket and the event
 * log. Knows neither servlets nor Spring.
 */
@NullMarked
package io.github.bettersse;

import org.jspecify.annotations.NullMarked;
