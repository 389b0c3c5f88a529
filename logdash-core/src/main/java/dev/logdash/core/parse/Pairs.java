package dev.logdash.core.parse;

/** Words of {@code key=value} that stand between other things, as the diagnostic context does. */
final class Pairs {

  private Pairs() {}

  /**
   * Puts the pairs of a range, apart by spaces, commas or semicolons, or by semicolons alone where
   * the range ends with one; other words are passed over.
   */
  static void put(byte[] b, int from, int to, FieldSink sink) {
    int at = from;
    boolean semicolons = from < to && b[to - 1] == ';';
    while (at < to) {
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
}
