/** The dashboard as a servlet: the HTTP API and the user interface. */
@NullMarked
package dev.logdash.dashboard;

import org.jspecify.annotations.NullMarked;
