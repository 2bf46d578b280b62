/**
 * The browser client in a browser, with a server on Tomcat.
 */
@NullMarked
package io.github.bettersse.browser;

import org.jspecify.annotations.NullMarked;
