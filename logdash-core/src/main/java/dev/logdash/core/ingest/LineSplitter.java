package dev.logdash.core.ingest;

import java.util.List;

/**
 * Takes a line apart that holds several records, such as a request that an exporter wrote into a
 * file. Pure in the bytes: a line that is read again gives the same records.
 */
@FunctionalInterface
public interface LineSplitter {

  /** Takes no line apart. */
  static LineSplitter none() {
    return (buffer, from, to) -> List.of();
  }

  /**
   * The records of the line between {@code from} and {@code to}, in their order; none if the line
   * is a record itself. Looks at few bytes of such lines, and does not fail.
   */
  List<byte[]> split(byte[] buffer, int from, int to);
}
