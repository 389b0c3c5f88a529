package dev.logdash.core.parse;

/**
 * Lines of Monolog, as Laravel and Symfony write them: {@code [2025-08-31 06:49:00] local.ERROR:
 * text {"user":7} []}. The channel is the logger; the context and the extra behind the text become
 * fields.
 */
final class MonologParser implements LineFormat {

  @Override
  public String name() {
    return "monolog";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '[';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return Bytes.isDigit(fifth);
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (!Bytes.isDigit(Bytes.at(b, from + 1, to))) {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from + 1, to);
    int channel = timeEnd + 2;
    if (timeEnd < 0 || !Bytes.startsWith(b, timeEnd, to, "] ")) {
      return false;
    }
    int wordEnd = Bytes.endOfWord(b, channel, Math.min(to, channel + 128));
    int colon = wordEnd - 1;
    int level = colon;
    while (level > channel && b[level - 1] != '.') {
      level--;
    }
    int severity = colon > level ? Severities.ofWord(b, level, colon) : 0;
    if (level <= channel + 1
        || b[colon] != ':'
        || severity == 0
        || !LayoutWords.isUpperCase(b, level, colon)
        || Bytes.isSpace(b[channel])) {
      return false;
    }
    sink.scratch.times.deliver(b, from + 1, timeEnd, sink);
    sink.severity(severity, b, level, colon);
    sink.put(Names.LOGGER, b, channel, level - 1);
    int text = Bytes.skipSpaces(b, wordEnd, to);
    int end = Bytes.trimEnd(b, text, to);
    int extra = withoutObject(b, text, end);
    int context = extra < end ? withoutObject(b, text, extra) : extra;
    sink.message(b, text, Math.max(text, context));
    FieldSink inner = sink.scratch.inner();
    members(b, context, extra, inner, sink);
    members(b, extra, end, inner, sink);
    return true;
  }

  private static void members(byte[] b, int from, int to, FieldSink inner, FieldSink sink) {
    int start = Bytes.skipSpaces(b, from, to);
    if (Bytes.at(b, start, to) != '{') {
      return;
    }
    if (sink.scratch.json.readObject(b, start, to, inner)) {
      sink.adoptFields(inner);
    }
    inner.clear();
  }

  /**
   * Where the text ends before an object or an empty list that ends it; {@code to} if none does.
   */
  private static int withoutObject(byte[] b, int from, int to) {
    if (to - from < 3 || (b[to - 1] != '}' && b[to - 1] != ']')) {
      return to;
    }
    if (Bytes.startsWith(b, to - 3, to, " []") || Bytes.startsWith(b, to - 3, to, " {}")) {
      return Bytes.trimEnd(b, from, to - 2);
    }
    // The object begins at the first brace behind which all is one; texts hold few braces.
    int open = b[to - 1] == '}' ? Bytes.indexOf(b, from, to, " {\"") : -1;
    return open < 0 ? to : open;
  }
}
