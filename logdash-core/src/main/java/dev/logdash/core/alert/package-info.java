/** Rules that watch the logs, what became of them, and whom they told. */
@NullMarked
package dev.logdash.core.alert;

import org.jspecify.annotations.NullMarked;
