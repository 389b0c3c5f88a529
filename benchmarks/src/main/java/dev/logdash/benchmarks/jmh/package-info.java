/** Micro benchmarks, beside the peers that run on Java 17. */
package dev.logdash.benchmarks.jmh;
