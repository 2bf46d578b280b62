/**
 * Event streams as Spring MVC handler methods.
 */
@NullMarked
package io.github.bettersse.webmvc;

import org.jspecify.annotations.NullMarked;
