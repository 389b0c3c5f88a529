@NullMarked
package dev.logdash.kafka;

import org.jspecify.annotations.NullMarked;
