/** The HTTP requests of a host as events: one filter in front, one recorder behind. */
@NullMarked
package dev.logdash.dashboard.request;

import org.jspecify.annotations.NullMarked;
