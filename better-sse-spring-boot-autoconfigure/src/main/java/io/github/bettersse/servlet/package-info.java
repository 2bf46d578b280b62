/**
 * Sessions on asynchronous servlet requests: non-blocking writes to the response, and the
 * end of a request without an error dispatch.
 */
@NullMarked
package io.github.bettersse.servlet;

import org.jspecify.annotations.NullMarked;
