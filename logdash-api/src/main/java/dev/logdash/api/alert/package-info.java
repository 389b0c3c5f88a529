/** What tells people: notifications and the ways they go. */
@NullMarked
package dev.logdash.api.alert;

import org.jspecify.annotations.NullMarked;
