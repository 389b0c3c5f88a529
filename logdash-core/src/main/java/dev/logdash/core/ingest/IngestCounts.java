package dev.logdash.core.ingest;

/**
 * What a reader has done so far. Lines that are waiting for a sink are not counted yet.
 *
 * @param lines the lines that the sink accepted
 * @param bytes their bytes, without line ends
 * @param cut accepted lines that were longer than allowed, so that only their beginning was kept
 * @param rejected lines that the sink will never accept
 * @param unreadable failures to read a file; a file that goes on failing counts once until it works
 */
public record IngestCounts(long lines, long bytes, long cut, long rejected, long unreadable) {}
