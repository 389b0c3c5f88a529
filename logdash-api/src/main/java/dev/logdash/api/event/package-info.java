/** What a log is: the raw record that came in, and the event that was understood. */
@NullMarked
package dev.logdash.api.event;

import org.jspecify.annotations.NullMarked;
