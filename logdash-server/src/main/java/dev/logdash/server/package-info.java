/** The command line. */
@NullMarked
package dev.logdash.server;

import org.jspecify.annotations.NullMarked;
