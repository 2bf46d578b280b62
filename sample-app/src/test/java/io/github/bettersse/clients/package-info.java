/**
 * Clients that people use, against a server with the starter.
 */
@NullMarked
package io.github.bettersse.clients;

import org.jspecify.annotations.NullMarked;
