/** A real Elasticsearch in a process of its own, for tests. */
@NullMarked
package dev.logdash.testing.elasticsearch;

import org.jspecify.annotations.NullMarked;
