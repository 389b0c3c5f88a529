/** Statistics and documents in MongoDB. */
@NullMarked
package dev.logdash.mongo;

import org.jspecify.annotations.NullMarked;
