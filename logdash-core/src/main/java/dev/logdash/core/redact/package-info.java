/** Secrets are taken out of lines before anything is written. */
@NullMarked
package dev.logdash.core.redact;

import org.jspecify.annotations.NullMarked;
