package dev.logdash.core.parse;

/**
 * Logs of large clusters, whose lines begin with the label of an alert or a dash: Blue Gene ({@code
 * - 1714557600 2024.05.01 node 2024-05-01-10.00.00.250000 node RAS KERNEL INFO text}), and syslog
 * as Thunderbird and its like keep it ({@code - 1714557600 2024.05.01 n7 May 1 10:00:00 n7/n7
 * shop[42]: text}).
 */
final class SupercomputerParser implements LineFormat {

  private static final int LONGEST_LABEL = 24;

  @Override
  public String name() {
    return "supercomputer";
  }

  @Override
  public boolean mayBeginWith(byte first) {
    return first == '-' || (first >= 'A' && first <= 'Z');
  }

  @Override
  public Layer layer() {
    return Layer.VAGUE;
  }

  @Override
  public boolean parse(byte[] b, int from, int to, FieldSink sink) {
    int label = Bytes.endOfWord(b, from, Math.min(to, from + LONGEST_LABEL));
    int epoch = label + 1;
    int epochEnd = Bytes.endOfDigits(b, Math.min(epoch, to), to);
    int day = epochEnd + 1;
    int node = day + 11;
    if (epochEnd - epoch != 10
        || Bytes.at(b, label, to) != ' '
        || Bytes.at(b, epochEnd, to) != ' '
        || Bytes.at(b, day + 4, to) != '.'
        || Bytes.at(b, day + 7, to) != '.'
        || Bytes.at(b, day + 10, to) != ' ') {
      return false;
    }
    int nodeEnd = Bytes.endOfWord(b, node, to);
    int time = Math.min(to, nodeEnd + 1);
    boolean found =
        Bytes.isLetter(Bytes.at(b, time, to))
            ? syslog(b, time, to, sink)
            : blueGene(b, time, to, sink);
    if (!found) {
      sink.clear();
      return false;
    }
    sink.put(Names.HOST, b, node, nodeEnd);
    if (!HttpExchange.isDash(b, from, label)) {
      sink.put("event.code", b, from, label);
    }
    // The clock of syslog has no year.
    if (!sink.hasTimestamp()) {
      sink.scratch.times.scanEpoch(b, epoch, epochEnd);
      sink.scratch.times.deliver(b, epoch, epochEnd, sink);
    }
    return true;
  }

  private static boolean syslog(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = sink.scratch.times.scan(b, from, to);
    if (timeEnd < 0 || Bytes.at(b, timeEnd, to) != ' ') {
      return false;
    }
    int place = timeEnd + 1;
    int placeEnd = Bytes.endOfWord(b, place, to);
    int tag = Bytes.skipSpaces(b, placeEnd, to);
    TaggedText.put(b, tag, to, sink);
    return true;
  }

  /** Reads {@code 2024-05-01-10.00.00.250000 node RAS KERNEL INFO text}. */
  private static boolean blueGene(byte[] b, int from, int to, FieldSink sink) {
    int timeEnd = Bytes.endOfWord(b, from, to);
    int node = Bytes.endOfWord(b, Math.min(to, timeEnd + 1), to);
    int type = Math.min(to, node + 1);
    int typeEnd = Bytes.endOfWord(b, type, to);
    int component = Math.min(to, typeEnd + 1);
    int componentEnd = Bytes.endOfWord(b, component, to);
    int level = Math.min(to, componentEnd + 1);
    int levelEnd = Bytes.endOfWord(b, level, to);
    int severity =
        Bytes.equal(b, level, levelEnd, "FAILURE") ? 17 : Severities.ofWord(b, level, levelEnd);
    if (severity == 0 || timeEnd - from < 19 || !time(b, from, timeEnd, sink)) {
      return false;
    }
    sink.severity(severity, b, level, levelEnd);
    sink.put("event.category", b, type, typeEnd);
    sink.put(Names.LOGGER, b, component, componentEnd);
    int text = Bytes.skipSpaces(b, levelEnd, to);
    sink.message(b, text, Bytes.trimEnd(b, text, to));
    return true;
  }

  /** The clock of Blue Gene has points where others have colons. */
  private static boolean time(byte[] b, int from, int to, FieldSink sink) {
    if (b[from + 10] != '-' || b[from + 13] != '.' || b[from + 16] != '.') {
      return false;
    }
    int length = to - from;
    byte[] text = sink.scratch.bytes(length);
    System.arraycopy(b, from, text, 0, length);
    text[10] = ' ';
    text[13] = ':';
    text[16] = ':';
    sink.scratch.times.forget();
    boolean found = sink.scratch.times.scan(text, 0, length) == length;
    if (found) {
      sink.scratch.times.deliver(b, from, to, sink);
    }
    sink.scratch.times.forget();
    return found;
  }
}
