/** Events for those who watch them come. */
@NullMarked
package dev.logdash.api.live;

import org.jspecify.annotations.NullMarked;
