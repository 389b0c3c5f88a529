@NullMarked
package dev.logdash.testing.kafka;

import org.jspecify.annotations.NullMarked;
