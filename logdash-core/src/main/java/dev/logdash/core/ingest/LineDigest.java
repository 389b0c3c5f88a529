package dev.logdash.core.ingest;

import dev.logdash.core.parse.Bytes;
import java.util.zip.CRC32C;

/**
 * What lines that follow one another do to the check of a {@link Fingerprint}: the same whether
 * they are read as one record or as many.
 */
final class LineDigest {

  private final CRC32C crc = new CRC32C();
  // Of a check before the lines it makes factor * check + sum.
  private int factor = 1;
  private int sum;
  private int count;

  /** The lines that the last one of a reader is. */
  static LineDigest of(LineReader line) {
    LineDigest digest = new LineDigest();
    digest.add(line);
    return digest;
  }

  /** Adds what a reader read last. */
  void add(LineReader line) {
    byte[] array = line.array();
    int at = line.start();
    int to = at + line.length();
    if (line.size() == line.firstSize()) {
      add(array, at, to, line.fullLength());
      return;
    }
    for (int feed = Bytes.indexOf(array, at, to, '\n'); feed >= 0; ) {
      int stop = feed > at && array[feed - 1] == '\r' ? feed - 1 : feed;
      add(array, at, stop, stop - at);
      at = feed + 1;
      feed = Bytes.indexOf(array, at, to, '\n');
    }
    add(array, at, to, to - at);
  }

  private void add(byte[] array, int from, int to, long fullLength) {
    crc.reset();
    crc.update(array, from, to - from);
    sum = 31 * (31 * sum + (int) crc.getValue()) + Long.hashCode(fullLength);
    factor *= 31 * 31;
    count++;
  }

  /** How many lines were added. */
  int count() {
    return count;
  }

  /** The check behind the lines. */
  int behind(int before) {
    int next = factor * before + sum;
    // 0 says that there is no check.
    return next == 0 ? 1 : next;
  }
}
