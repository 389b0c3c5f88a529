package dev.logdash.mongo;

/**
 * What became of the calls of MongoDB since the start.
 *
 * @param calls made by the stores; what the driver repeats by itself is one
 * @param failures calls that failed; a refused write is none
 * @param refusedCells cells that were not written, since they were not what had been read
 * @param refusedDocuments documents that were not written or deleted for the same reason
 */
public record MongoStatistics(
    long calls, long failures, long refusedCells, long refusedDocuments) {}
