package dev.logdash.logback;

import java.util.function.LongSupplier;

/**
 * What a delivery is told once.
 *
 * @param room drops are told when at most so many events wait
 * @param watch runs about each second on the thread of the delivery
 * @param nanos a clock for durations
 */
record DeliverySettings(
    String source,
    String dataset,
    long room,
    Runnable watch,
    QuietStatus status,
    LongSupplier nanos) {}
