/** Whom a client of a server believes that it is the server it means. */
@NullMarked
package dev.logdash.api.tls;

import org.jspecify.annotations.NullMarked;
