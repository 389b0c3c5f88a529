package dev.logdash.core.parse;

/**
 * The two lines of java.util.logging: {@code Oct 30, 2013 11:10:05 AM a.b.Shop buy} and {@code
 * SEVERE: text}, in German {@code 30.10.2013 11:10:05 a.b.Shop buy} and {@code SCHWERWIEGEND:
 * text}. Without the second line the first has no message of its own.
 */
final class JulParser implements LineFormat {

  @Override
  public String name() {
    return "jul";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return Bytes.isLetter(first) || Bytes.isDigit(first);
  }

  @Override
  public boolean spansLines() {
    return true;
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    boolean dotted = Bytes.isDigit(Bytes.at(b, from, to));
    if (dotted && Bytes.at(b, from + 2, to) != '.') {
      return false;
    }
    int lineEnd = Records.endOfFirstLine(b, from, to);
    int timeEnd = sink.scratch.times.scan(b, from, lineEnd);
    // The half of the day tells these lines from others that begin with the name of a month.
    if (timeEnd < 0
        || (dotted ? lineEnd == to : (b[timeEnd - 1] | 0x20) != 'm')
        || Bytes.at(b, timeEnd, lineEnd) != ' ') {
      return false;
    }
    int type = timeEnd + 1;
    int typeEnd = Bytes.endOfWord(b, type, lineEnd);
    int method = Bytes.skipSpaces(b, typeEnd, lineEnd);
    int last = Bytes.trimEnd(b, method, lineEnd);
    int methodEnd = Bytes.endOfWord(b, method, last);
    if (!LayoutWords.isLogger(b, type, typeEnd)
        || Severities.ofWord(b, type, typeEnd) > 0
        || methodEnd < last) {
      return false;
    }
    int text = from;
    int textEnd = last;
    if (lineEnd < to) {
      int level = lineEnd + 1;
      int colon = Bytes.indexOf(b, level, to, ':');
      int severity = colon < 0 ? 0 : Severities.ofWord(b, level, colon);
      if (severity == 0) {
        return false;
      }
      sink.severity(severity, b, level, colon);
      text = Bytes.skipSpaces(b, colon + 1, to);
      textEnd = Bytes.trimEnd(b, text, Records.endOfFirstLine(b, text, to));
    }
    sink.scratch.times.scanInto(b, from, lineEnd, sink);
    sink.put(Names.LOGGER, b, type, typeEnd);
    sink.put(Names.ORIGIN_FUNCTION, b, method, methodEnd);
    sink.message(b, text, textEnd);
    int rest = Math.min(Records.endOfFirstLine(b, text, to) + 1, to);
    Records.addLines(b, rest, Bytes.trimEnd(b, rest, to), sink);
    return true;
  }
}
