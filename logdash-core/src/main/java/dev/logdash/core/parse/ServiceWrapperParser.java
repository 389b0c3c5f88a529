package dev.logdash.core.parse;

/**
 * The log of the Java Service Wrapper, which holds what the wrapped program prints: {@code INFO |
 * jvm 1 | 2015/05/24 07:35:50 | text}.
 */
final class ServiceWrapperParser implements LineFormat {

  private static final int LONGEST_CELL = 32;

  @Override
  public String name() {
    return "service-wrapper";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first >= 'A' && first <= 'Z';
  }

  @Override
  public Layer layer() {
    return Layer.CONTAINER;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int levelEnd = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_CELL));
    int bar = Bytes.skipSpaces(b, levelEnd, to);
    int severity =
        Bytes.equal(b, from, levelEnd, "STATUS") ? 9 : Severities.ofWord(b, from, levelEnd);
    if (severity == 0 || Bytes.at(b, bar, to) != '|') {
      return false;
    }
    int source = Bytes.skipSpaces(b, bar + 1, to);
    int sourceEnd = Bytes.indexOf(b, source, Math.min(to, source + LONGEST_CELL), '|');
    if (sourceEnd < 0
        || (!Bytes.startsWith(b, source, to, "jvm ")
            && !Bytes.startsWith(b, source, to, "wrapper"))) {
      return false;
    }
    int time = Bytes.skipSpaces(b, sourceEnd + 1, to);
    int timeEnd = sink.scratch.times.scan(b, time, to);
    int last = timeEnd < 0 ? to : Bytes.skipSpaces(b, timeEnd, to);
    if (Bytes.at(b, last, to) != '|') {
      return false;
    }
    sink.scratch.times.deliver(b, time, timeEnd, sink);
    sink.severity(severity, b, from, levelEnd);
    sink.put(Names.PROCESS, b, source, Bytes.trimEnd(b, source, sourceEnd));
    FieldSink content = sink.scratch.inner();
    Formats.parseContent(b, Bytes.skipSpaces(b, last + 1, to), to, content);
    sink.adopt(content);
    return true;
  }
}
