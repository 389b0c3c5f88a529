/** The decisions of logdash: how logs are parsed, queried, processed, counted and spooled. */
@NullMarked
package dev.logdash.core;

import org.jspecify.annotations.NullMarked;
