/** Keeps events in Elasticsearch and finds them there. */
@NullMarked
package dev.logdash.elasticsearch;

import org.jspecify.annotations.NullMarked;
