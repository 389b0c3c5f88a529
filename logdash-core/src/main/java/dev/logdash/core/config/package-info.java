/** The settings: their names, kinds, defaults and where their values come from. */
@NullMarked
package dev.logdash.core.config;

import org.jspecify.annotations.NullMarked;
