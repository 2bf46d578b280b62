/**
 * Proxies that people have in front, between a client and a server with the starter.
 */
@NullMarked
package io.github.bettersse.proxies;

import org.jspecify.annotations.NullMarked;
