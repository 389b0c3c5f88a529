package dev.logdash.core.parse;

/**
 * The log of Ceph's daemons: {@code 2024-05-01T10:00:00.123+0000 7f8a9b0c1d00 -1 osd.1 12 text}.
 * The number is how much detail a record is, from -1, which is always written, to 20.
 */
final class CephParser implements LineFormat {

  private static final int ERROR = 17;
  private static final int INFO = 9;
  private static final int DEBUG = 5;
  private static final int MOST_DETAIL = 20;

  @Override
  public String name() {
    return "ceph";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '1' || first == '2';
  }

  @Override
  public boolean mayHaveFifth(byte fifth) {
    return fifth == '-';
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from, to);
    int thread = timeEnd + 1;
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ' || !Bytes.startsWith(b, thread, to, "7f")) {
      return false;
    }
    int threadEnd = Bytes.endOfWord(b, thread, Math.min(to, thread + 18));
    if (threadEnd - thread < 11 || !isAddress(b, thread, threadEnd)) {
      return false;
    }
    int level = Bytes.skipSpaces(b, threadEnd, to);
    int levelEnd = Bytes.endOfWord(b, level, Math.min(to, level + 3));
    boolean always = Bytes.equal(b, level, levelEnd, "-1");
    long detail = always ? -1 : Bytes.number(b, level, levelEnd);
    if (level == threadEnd
        || Bytes.at(b, levelEnd, to) != ' '
        || (!always && (detail < 0 || detail > MOST_DETAIL))) {
      return false;
    }
    sink.scratch.times.deliver(b, from, timeEnd, sink);
    sink.severity(always ? ERROR : detail <= 1 ? INFO : DEBUG, b, level, levelEnd);
    sink.put(Names.THREAD, b, thread, threadEnd);
    int text = Bytes.skipSpaces(b, levelEnd, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** Whether it is the place of a thread in memory, in hexadecimal digits. */
  private static boolean isAddress(byte[] b, int from, int to) {
    for (int at = from; at < to; at++) {
      if (!Bytes.isDigit(b[at]) && (b[at] < 'a' || b[at] > 'f')) {
        return false;
      }
    }
    return true;
  }
}
