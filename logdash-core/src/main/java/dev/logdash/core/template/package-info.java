/**
 * Templates of messages, mined from their text: which statement made a line, and with which values.
 */
@NullMarked
package dev.logdash.core.template;

import org.jspecify.annotations.NullMarked;
