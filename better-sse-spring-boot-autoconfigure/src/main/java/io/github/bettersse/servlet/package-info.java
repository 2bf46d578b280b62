/**
 * Sessions on servlet requests: blocking writes while their handler runs, then a
 * connection that is handed over, or non-blocking writes to an asynchronous response and
 * its end without an error dispatch.
 */
@NullMarked
package io.github.bettersse.servlet;

import org.jspecify.annotations.NullMarked;
