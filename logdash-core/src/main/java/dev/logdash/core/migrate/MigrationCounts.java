package dev.logdash.core.migrate;

/**
 * What a migration has moved so far.
 *
 * @param events that are new in the target
 * @param known events that the target had before
 * @param refused events that the target can never take
 * @param cells of statistics written
 * @param documents written
 * @param kept documents that differ, of which the target keeps its own
 */
public record MigrationCounts(
    long events, long known, long refused, long cells, long documents, long kept) {

  static final MigrationCounts NONE = new MigrationCounts(0, 0, 0, 0, 0, 0);

  MigrationCounts plusEvents(long stored, long duplicates, long rejected) {
    return new MigrationCounts(
        events + stored, known + duplicates, refused + rejected, cells, documents, kept);
  }

  MigrationCounts plusCells(long written) {
    return new MigrationCounts(events, known, refused, cells + written, documents, kept);
  }

  MigrationCounts plusDocuments(long written, long differing) {
    return new MigrationCounts(
        events, known, refused, cells, documents + written, kept + differing);
  }
}
