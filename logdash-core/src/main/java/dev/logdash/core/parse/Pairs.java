package dev.logdash.core.parse;

/** Words of {@code key=value} that stand between other things, as the diagnostic context does. */
final class Pairs {

  private Pairs() {}

  /**
   * Puts the pairs of a range, apart by spaces, commas or semicolons, or by semicolons alone where
   * one stands behind each pair; other words are passed over.
   */
  static void put(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    boolean semicolons = from < to && b[to - 1] == ';' && areClosed(b, from, to);
    while (at < to) {
      at = semicolons ? Bytes.skipSpaces(b, at, to) : at;
      int end = at;
      while (end < to
          && b[end] != ';'
          && (semicolons || (!Bytes.isSpace(b[end]) && b[end] != ','))) {
        end++;
      }
      int equals = Bytes.indexOf(b, at, end, '=');
      if (equals > at && equals + 1 < end) {
        FieldMapper.text(sink.scratch.keys.get(b, at, equals), b, equals + 1, end, false, sink);
      }
      at = end + 1;
    }
  }

  /** Whether there is one equals sign before each semicolon. */
  private static boolean areClosed(byte[] b, int from, int to) {
    int signs = 0;
    for (int at = from; at < to; at++) {
      signs += b[at] == '=' ? 1 : 0;
      if (b[at] == ';') {
        if (signs != 1) {
          return false;
        }
        signs = 0;
      }
    }
    return signs == 0;
  }
}
