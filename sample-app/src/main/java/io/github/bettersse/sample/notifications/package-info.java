/**
 * Notifications for one user, in all tabs and on all devices, until the user logs out.
 */
@NullMarked
package io.github.bettersse.sample.notifications;

import org.jspecify.annotations.NullMarked;
