/**
 * Sessions of users who log in with Spring Security: their streams end with the login.
 */
@NullMarked
package io.github.bettersse.security;

import org.jspecify.annotations.NullMarked;
