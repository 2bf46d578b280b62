/**
 * Auto-configuration for Spring MVC.
 */
@NullMarked
package io.github.bettersse.autoconfigure.webmvc;

import org.jspecify.annotations.NullMarked;
