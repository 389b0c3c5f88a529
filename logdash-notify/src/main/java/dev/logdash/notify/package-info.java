/** Ways to tell people: e-mail, Slack and webhooks. */
@NullMarked
package dev.logdash.notify;

import org.jspecify.annotations.NullMarked;
