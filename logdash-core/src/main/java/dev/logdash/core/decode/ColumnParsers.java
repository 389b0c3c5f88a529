package dev.logdash.core.decode;

import dev.logdash.core.parse.FieldSink;
import dev.logdash.core.parse.LineParser;
import dev.logdash.core.parse.Parsers;
import java.util.HashMap;
import java.util.Map;

/** The parsers of lines behind headers, by header; at most {@value #MAX_HEADERS} are kept. */
final class ColumnParsers {

  static final int MAX_HEADERS = 256;

  private static final LineParser NONE = (b, from, to, sink) -> false;

  private final Map<String, LineParser> parsers = new HashMap<>();

  /** Reads a line behind a header; false, with a clear sink, if it does not have its columns. */
  boolean parse(String header, byte[] b, int from, int to, FieldSink sink) {
    LineParser parser = parsers.get(header);
    if (parser == null) {
      LineParser made = Parsers.columns(header);
      parser = made == null ? NONE : made;
      if (parsers.size() >= MAX_HEADERS) {
        parsers.clear();
      }
      parsers.put(header, parser);
    }
    return parser.parse(b, from, to, sink);
  }
}
