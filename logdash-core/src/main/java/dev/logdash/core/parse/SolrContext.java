package dev.logdash.core.parse;

/**
 * What Solr prints of the place that a record is about: {@code c:orders s:shard1 r:node3 x:core1}.
 */
final class SolrContext {

  private static final String LETTERS = "csrx";
  private static final String[] NAMES = {"collection", "shard", "replica", "core"};

  private SolrContext() {}

  /** Whether each word of the range is a letter, a colon and a name. */
  static boolean is(byte[] b, int from, int to) {
    for (int at = from; at < to; ) {
      int end = Bytes.endOfWord(b, at, to);
      if (end < at + 3 || LETTERS.indexOf(b[at]) < 0 || b[at + 1] != ':') {
        return false;
      }
      at = Bytes.skipSpaces(b, end, to);
    }
    return from < to;
  }

  static void put(byte[] b, int from, int to, FieldSink sink) {
    for (int at = from; at < to; ) {
      int end = Bytes.endOfWord(b, at, to);
      sink.put("solr." + NAMES[LETTERS.indexOf(b[at])], b, at + 2, end);
      at = Bytes.skipSpaces(b, end, to);
    }
  }
}
