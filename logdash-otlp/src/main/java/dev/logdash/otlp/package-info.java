/** Logs as OpenTelemetry sends them: OTLP over HTTP, in its binary form and as JSON. */
@NullMarked
package dev.logdash.otlp;

import org.jspecify.annotations.NullMarked;
