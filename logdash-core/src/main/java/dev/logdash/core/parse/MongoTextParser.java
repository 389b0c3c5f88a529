package dev.logdash.core.parse;

/**
 * The log of MongoDB before version 4.4: {@code 2014-11-03T18:28:32.450-0500 I NETWORK [conn1]
 * text}, the level a letter, the component missing before version 3.
 */
final class MongoTextParser implements LineFormat {

  private static final String LETTERS = "FEWIDN";

  @Override
  public String name() {
    return "mongodb";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isDigit(first);
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    if (Bytes.at(b, from + 10, to) != 'T') {
      return false;
    }
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int level = timeEnd + 1;
    if (timeEnd < 0
        || Bytes.at(b, timeEnd, to) != ' '
        || LETTERS.indexOf(Bytes.at(b, level, to)) < 0) {
      return false;
    }
    int levelEnd = level + 1;
    // Debug has a depth from 1 to 5.
    if (b[level] == 'D' && Bytes.isDigit(Bytes.at(b, levelEnd, to))) {
      levelEnd++;
    }
    if (Bytes.at(b, levelEnd, to) != ' ') {
      return false;
    }
    int component = Bytes.skipSpaces(b, levelEnd, to);
    int componentEnd = Bytes.endOfWord(b, component, to);
    if (!isComponent(b, component, componentEnd)) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(Severities.ofLetter(b[level]), b, level, levelEnd);
    if (componentEnd - component > 1) {
      sink.put("mongodb.component", b, component, componentEnd);
    }
    int text = Bytes.skipSpaces(b, componentEnd, to);
    if (Bytes.at(b, text, to) == '[') {
      int close = Bytes.indexOf(b, text, Math.min(to, text + 128), ']');
      if (close > 0) {
        sink.put(Names.THREAD, b, text + 1, close);
        text = Bytes.skipSpaces(b, close + 1, to);
      }
    }
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  private static boolean isComponent(byte[] b, int from, int to) {
    if (HttpExchange.isDash(b, from, to)) {
      return true;
    }
    for (int at = from; at < to; at++) {
      if ((b[at] < 'A' || b[at] > 'Z') && b[at] != '_') {
        return false;
      }
    }
    return to - from >= 4 && to - from <= 12;
  }
}
