package dev.logdash.dashboard.request;

import org.jspecify.annotations.Nullable;

/**
 * A request that was answered.
 *
 * @param atMillis when, in milliseconds since 1970
 * @param nanos how long it took
 * @param path without the query, which often holds what nobody should read
 * @param route the template that the host matched; empty where it did not say
 * @param trace empty where there is none, as is {@code span}
 * @param failure what went out of the host's code
 */
record RecordedRequest(
    long atMillis,
    long nanos,
    String method,
    String path,
    String route,
    int status,
    String trace,
    String span,
    @Nullable Throwable failure) {}
