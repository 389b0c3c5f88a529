/** Versioned documents: snapshots, users, rules, dashboards. */
@NullMarked
package dev.logdash.api.document;

import org.jspecify.annotations.NullMarked;
