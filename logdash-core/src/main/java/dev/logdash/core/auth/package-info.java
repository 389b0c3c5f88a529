/** Users, roles, sessions and keys, and the one gate that every read goes through. */
@NullMarked
package dev.logdash.core.auth;

import org.jspecify.annotations.NullMarked;
